package net.pfsync.suite.lint;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import net.pfsync.wire.BulkStatus;
import net.pfsync.wire.Clear;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.FrameHeader;
import net.pfsync.wire.Insert;
import net.pfsync.wire.Message;

/** What two firewalls must have in common (dialect, ruleset), and what not (host id). */
final class PairRule implements Rule {

    private static final int MOST_SENDERS = 64;
    private static final int MOST_CREATORS = 1024;

    private final Findings findings;
    private final Map<String, Dialect> dialects = new LinkedHashMap<>();
    private final Map<String, byte[]> rulesets = new LinkedHashMap<>();
    private final Map<Integer, String> creators = new LinkedHashMap<>();

    PairRule(Findings findings) {
        this.findings = findings;
    }

    @Override
    public void packet(Heard heard) {
        Dialect before = dialects.size() < MOST_SENDERS
                ? dialects.putIfAbsent(heard.sender(), heard.dialect())
                : dialects.get(heard.sender());
        if (before == null || before != heard.dialect()) {
            dialects.put(heard.sender(), heard.dialect());
            dialects.forEach((other, dialect) -> mixed(heard, other, dialect));
        }
        ruleset(heard);
    }

    private void mixed(Heard heard, String other, Dialect dialect) {
        if (!understands(heard.dialect(), dialect)) {
            String sentence = heard.sender().equals(other)
                    ? "speaks " + dialect + " and " + heard.dialect()
                    : "speaks " + heard.dialect() + ", " + other + " speaks " + dialect
                            + ": they do not understand each other, or count each other's frames as wrong";
            findings.add(Check.DIALECT_MIX, heard, sentence);
        }
    }

    /** Version, size of a state and end of a frame must agree. */
    private static boolean understands(Dialect one, Dialect other) {
        return one.versionByte() == other.versionByte()
                && one.stateSize() == other.stateSize()
                && one.inet6() == other.inet6()
                && one.framing().eofTrailer() == other.framing().eofTrailer();
    }

    private void ruleset(Heard heard) {
        int at = heard.packet().payload() + FrameHeader.CHECKSUM;
        if (!heard.dialect().framing().subheaders() || heard.packet().size() < FrameHeader.SIZE) {
            return;
        }
        byte[] own = Arrays.copyOfRange(heard.packet().bytes(), at, at + FrameHeader.CHECKSUM_SIZE);
        if (Arrays.equals(own, new byte[own.length])) {
            return;
        }
        byte[] before = rulesets.get(heard.sender());
        if ((before != null && Arrays.equals(before, own)) || rulesets.size() >= MOST_SENDERS) {
            return;
        }
        rulesets.put(heard.sender(), own);
        rulesets.forEach((other, sum) -> {
            if (!Arrays.equals(sum, own)) {
                findings.add(
                        Check.RULESETS_DIFFER,
                        heard.sender(),
                        other,
                        "has another ruleset than " + other + " (checksum "
                                + HexFormat.of().formatHex(own) + ", not "
                                + HexFormat.of().formatHex(sum) + ")",
                        heard.number());
            }
        });
    }

    /** Only the creator of a state announces it by INS; BUS and CLR carry the sender's host id. */
    @Override
    public void message(Heard heard, StateName name, Tables.Known known, Message message) {
        int creator = switch (message) {
            case Insert insert -> insert.creatorId();
            case BulkStatus bulk -> bulk.creatorId();
            case Clear clear -> clear.creatorId();
            default -> 0;
        };
        if (creator == 0) {
            return;
        }
        String owner =
                creators.size() < MOST_CREATORS ? creators.putIfAbsent(creator, heard.sender()) : creators.get(creator);
        if (owner != null && !owner.equals(heard.sender())) {
            findings.add(
                    Check.CREATOR_SHARED,
                    heard,
                    "uses the host id " + HexFormat.of().toHexDigits(creator) + " as " + owner + " does");
        }
    }
}
