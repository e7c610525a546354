package net.pfsync.suite.cases;

import java.time.Duration;
import net.pfsync.suite.lab.Flow;
import net.pfsync.suite.lab.Lab;
import net.pfsync.suite.lab.Packet;

/** A target that holds first packets. */
final class Held {

    /** Longer than anything that is to happen at once, shorter than any release holds a packet. */
    static final Duration NOT_YET = Duration.ofMillis(8);

    private Held() {}

    /** The first packet of an exchange, which the target, told to defer, holds. */
    static Packet first(Lab lab, Flow flow) {
        lab.target().setDefer(true);
        Packet first = flow.first();
        first.isHeld(NOT_YET);
        return first;
    }
}
