package net.pfsync.suite.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.pfsync.net.Ethernet;
import net.pfsync.net.Ip;
import net.pfsync.suite.replay.SectionWalk;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.Field;
import net.pfsync.wire.Kind;
import net.pfsync.wire.Message;

/**
 * A pfsync frame as far as scenarios are compared.
 *
 * @param at when, since the start of the scenario
 * @param sender its IPv4 address
 * @param kind the sections in order, with how many messages each has, such as {@code INS x2, UPD_C x2}
 * @param states the counters of the ids in its messages, in order
 * @param flags the flags of the states in its messages, in order
 */
record SyncFrame(Duration at, String sender, String kind, List<String> states, List<Long> flags) {

    private static final int IPPROTO_PFSYNC = 240;
    private static final String[] BULK = {"0", "START", "END", "3"};

    SyncFrame {
        states = List.copyOf(states);
        flags = List.copyOf(flags);
    }

    /**
     * Reads a frame.
     *
     * @param dialect what its sender speaks
     * @param at when it was sent
     * @param frame an Ethernet frame
     * @return empty if it is no pfsync frame
     */
    static Optional<SyncFrame> of(Dialect dialect, Duration at, byte[] frame) {
        if (frame.length < Ethernet.HEADER + Ip.IPV4_HEADER
                || Ethernet.type(frame) != Ethernet.IPV4
                || Ip.protocol(frame) != IPPROTO_PFSYNC) {
            return Optional.empty();
        }
        List<String> kinds = new ArrayList<>();
        List<String> states = new ArrayList<>();
        List<Long> flags = new ArrayList<>();
        for (SectionWalk.Section section : SectionWalk.of(dialect, Ip.packet(frame))) {
            Kind kind = section.action().kind();
            if (kind != Kind.EOF) {
                kinds.add(text(kind, section));
            }
            for (Message message : section.messages()) {
                number(message, "id").ifPresent(id -> states.add(Long.toHexString(id & 0xffff_ffffL)));
                if (kind == Kind.INS || kind == Kind.UPD) {
                    number(message, "state_flags").ifPresent(flags::add);
                }
            }
        }
        return Optional.of(new SyncFrame(at, Ip.source(frame).toString(), String.join(", ", kinds), states, flags));
    }

    private static String text(Kind kind, SectionWalk.Section section) {
        if (kind == Kind.BUS && section.messages().size() == 1) {
            return "BUS "
                    + BULK[
                            number(section.messages().getFirst(), "status")
                                            .orElse(0L)
                                            .intValue()
                                    & BULK.length - 1];
        }
        String name = kind == null ? "action " + section.action().number() : kind.name();
        return name + " x" + section.messages().size();
    }

    private static Optional<Long> number(Message message, String name) {
        for (Field field : message.layout().fields()) {
            if (field.name().equals(name)) {
                byte[] bytes = message.bytes();
                long value = 0;
                for (int i = 0; i < field.size(); i++) {
                    value = (value << Byte.SIZE) | (bytes[field.offset() + i] & 0xff);
                }
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    /** Seconds with four digits behind the point. */
    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.4f", time.toNanos() / 1e9);
    }

    /** What it says in one cell of a table. */
    String text() {
        String shown = states.isEmpty()
                ? ""
                : " (" + String.join(" ", states.subList(0, Math.min(4, states.size())))
                        + (states.size() > 4 ? " …" : "") + ")";
        String flagged = flags.stream().allMatch(each -> each == 0)
                ? ""
                : " flags "
                        + String.join(" ", flags.stream().map(Long::toHexString).toList());
        return kind + shown + flagged;
    }
}
