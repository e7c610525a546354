package net.pfsync.suite.lab;

import java.time.Duration;
import net.pfsync.suite.probe.Exchange;
import net.pfsync.suite.verdict.Mismatch;

/** How soon a packet is expected at the other end. Times count from the stimulus, the last thing that the case sent or did. */
public final class Arrival {

    private final Exchange exchange;
    private final Packet packet;
    private final Duration from;

    Arrival(Exchange exchange, Packet packet) {
        this.exchange = exchange;
        this.packet = packet;
        this.from = exchange.stimulus();
    }

    /** No firewall holds it: it takes only the way, and what answers take on the way. */
    public void atOnce() {
        between(Duration.ZERO, exchange.timing().atOnce());
    }

    /** It is held for this time, as exactly as the arena can tell. */
    public void after(Duration time) {
        between(
                time.minus(exchange.timing().early()),
                time.plus(exchange.timing().late()));
    }

    /** It takes no longer than this. */
    public void within(Duration time) {
        between(Duration.ZERO, time);
    }

    /** It comes out between these times. */
    public void between(Duration earliest, Duration latest) {
        String expected =
                packet + " to arrive " + (earliest.isZero() ? "within " : "between " + earliest.toMillis() + " and ")
                        + latest.toMillis() + " ms";
        Duration remaining = from.plus(latest).minus(exchange.now());
        exchange.until(packet::arrived, remaining.isNegative() ? Duration.ZERO : remaining);
        if (!packet.arrived()) {
            exchange.requireAlive(expected);
            throw new Mismatch(expected, "it has not arrived", packet.receiver().name() + " LAN");
        }
        Duration taken = packet.arrivedAt().minus(from);
        if ((taken.compareTo(earliest) < 0 && !earliest.isZero()) || taken.compareTo(latest) > 0) {
            throw new Mismatch(
                    expected,
                    "it arrived after " + Exchange.seconds(taken),
                    packet.receiver().name() + " LAN");
        }
        exchange.observed();
    }
}
