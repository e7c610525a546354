package net.pfsync.suite.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.pfsync.pf.Ruleset;
import net.pfsync.pf.RulesetException;
import org.junit.jupiter.api.Test;

/** The recorder's words are the rules that were in force. */
class RecordedRulesTest {

    @Test
    void rulesSetByIoctlTakeAnyFlagsUnlessTheySay() {
        assertRules(
                "pass quick on ! em0 inet all keep state", true, "pass quick on ! em0 inet all flags any keep state");
        assertRules(
                "pass quick on ! em0 inet all flags S/SA keep state; pass quick on ! em0 inet all keep state",
                true,
                "pass quick on ! em0 inet all flags S/SA keep state\n"
                        + "pass quick on ! em0 inet all flags any keep state");
    }

    @Test
    void remarksBecomeWhatTheyMean() {
        assertRules("block quick on ! em0 inet (only known states pass)", true, "block quick on ! em0 inet all");
        assertRules(
                "pass quick on ! em0 inet all keep state (no-sync)",
                true,
                "pass quick on ! em0 inet all flags any keep state (no-sync)");
        assertRules(
                "pass quick on ! em0 inet all keep state (scrub reassemble tcp)",
                true,
                "pass quick on ! em0 inet all flags any keep state scrub (reassemble tcp)");
        assertRules(
                "pass quick inet6 proto icmp6 no state; pass all keep state (pf skips lo and vio0)",
                false,
                "set skip on { lo vio0 }\npass quick inet6 proto icmp6 no state\npass all flags S/SA keep state");
    }

    @Test
    void whatIsNotUnderstoodIsSaid() {
        assertThatThrownBy(() -> RecordedRules.parse("let everything through", true))
                .isInstanceOf(MalformedCaseException.class)
                .hasMessageContaining("config.rules");
    }

    private static void assertRules(String words, boolean byIoctl, String expected) {
        Ruleset rules = RecordedRules.parse(words, byIoctl);
        try {
            Ruleset wanted = Ruleset.parse(expected);
            assertThat(rules.checksum()).isEqualTo(wanted.checksum());
            assertThat(rules.size()).isEqualTo(wanted.size());
        } catch (RulesetException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
