package net.pfsync.suite.lab;

import java.time.Duration;
import net.pfsync.suite.probe.Exchange;
import net.pfsync.suite.verdict.CannotTell;
import net.pfsync.suite.verdict.Mismatch;

/** A packet that a host sent on a case's behalf, to be looked for at the other end. */
public final class Packet {

    private static final Duration LOST = Duration.ofMillis(500);
    /** No release holds a packet for less. */
    private static final Duration SHORTEST_HOLD = Duration.ofMillis(10);

    private final Exchange exchange;
    private final LabHost receiver;
    private final String text;
    private final Duration sentAt;
    private Duration arrivedAt;
    private byte[] frame;
    private int arrivals;

    Packet(Exchange exchange, LabHost receiver, String text) {
        this.exchange = exchange;
        this.receiver = receiver;
        this.text = text;
        this.sentAt = exchange.now();
    }

    LabHost receiver() {
        return receiver;
    }

    void arrived(byte[] seen) {
        arrivals++;
        if (arrivals == 1) {
            frame = seen;
            arrivedAt = exchange.now();
        }
    }

    int arrivals() {
        return arrivals;
    }

    /** Whether it has arrived by now. */
    public boolean arrived() {
        return arrivals > 0;
    }

    /** When it arrived, since the case began; null if it has not. */
    public Duration arrivedAt() {
        return arrivedAt;
    }

    /** The packet as it arrived, in its Ethernet frame; null if it has not. */
    byte[] frame() {
        return frame;
    }

    /** It comes out at the other end; how soon is said by the answer's methods. */
    public Arrival arrives() {
        return new Arrival(exchange, this);
    }

    /** It does not come out at the other end, neither at once nor after the time for which a firewall may hold it. */
    public void doesNotArrive() {
        isNotThere(LOST, false);
    }

    /** It does not come out at the other end for a while, from now on. */
    public void isHeld(Duration time) {
        isNotThere(time, true);
    }

    /** A packet that a firewall may have let go because its time was over proves nothing, where a busy machine made the time pass. */
    private void requireInTime() {
        Duration taken = arrivedAt.minus(sentAt);
        if (exchange.timing().atOnce().compareTo(SHORTEST_HOLD) > 0 && taken.compareTo(SHORTEST_HOLD) > 0) {
            throw new CannotTell(this + " arrived " + taken.toMillis()
                    + " ms after it was sent, when no firewall has to hold it any more: too late to tell");
        }
    }

    private void isNotThere(Duration time, boolean held) {
        Duration end = exchange.now().plus(time);
        exchange.until(this::arrived, time);
        String expected = this + " not to arrive for " + time.toMillis() + " ms";
        exchange.requireAlive(expected);
        // On a busy machine more time passes than was asked for.
        if (arrived() && arrivedAt.compareTo(end) <= 0) {
            if (held) {
                requireInTime();
            }
            throw new Mismatch(expected, "it arrived at " + Exchange.seconds(arrivedAt), receiver.name() + " LAN");
        }
        exchange.note("suite", this + " has not arrived");
        exchange.observed();
    }

    /** What it is, from whom and to whom, as it was sent. */
    @Override
    public String toString() {
        return text;
    }
}
