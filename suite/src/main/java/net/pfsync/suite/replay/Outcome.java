package net.pfsync.suite.replay;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.pfsync.wire.Counter;
import net.pfsync.wire.Dialect;

/**
 * What our firewall did in the situation of a case.
 *
 * @param dialect what it speaks
 * @param stopped why it stopped, if it did
 * @param tableBefore its states before the start
 * @param tableAfter its states at the end
 * @param counters increments, those that are not 0
 * @param replies the pfsync packets that it sent on the sync LAN
 * @param forwarded the packets that it sent towards the hosts
 * @param demotion its carp demotion from the start to the end
 * @param end when the table was read
 * @param mishaps operations that did not do what they did on the recorded machine, and what could not be done at all
 */
record Outcome(
        Dialect dialect,
        Optional<String> stopped,
        List<RecordedState> tableBefore,
        List<RecordedState> tableAfter,
        Map<Counter, Long> counters,
        List<Reply> replies,
        List<Forwarded> forwarded,
        DemotionLog demotion,
        Duration end,
        List<Difference> mishaps) {}
