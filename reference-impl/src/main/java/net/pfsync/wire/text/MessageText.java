package net.pfsync.wire.text;

import net.pfsync.wire.BulkStatus;
import net.pfsync.wire.Clear;
import net.pfsync.wire.EndOfFrame;
import net.pfsync.wire.Identified;
import net.pfsync.wire.Layout;
import net.pfsync.wire.Message;
import net.pfsync.wire.StateMessage;
import net.pfsync.wire.TdbUpdate;
import net.pfsync.wire.Unknown;
import net.pfsync.wire.Update;
import net.pfsync.wire.UpdateCompressed;

/** One message, each of its lines with the newline in front. Source: TEXT-FORMATS.md 2. */
final class MessageText {
    private static final int V4_UPDATES = 81;
    private static final String[] STATUS = {"UNKNOWN", "start", "end"};

    private final TextStyle style;
    private final TextOptions options;
    private final StateText states;

    MessageText(TextStyle style, TextOptions options) {
        this.style = style;
        this.options = options;
        states = new StateText(style, options);
    }

    void append(StringBuilder text, Message message) {
        switch (message) {
            case StateMessage state -> state(text, state);
            case UpdateCompressed update -> update(text, update);
            case Identified identified -> name(text, identified.id(), identified.creatorId());
            case Clear clear -> clear(text, clear);
            case BulkStatus bulk -> bulk(text, bulk);
            case TdbUpdate tdb -> tdb(text, tdb);
            case EndOfFrame eof -> endOfFrame(text, eof);
            case Unknown unknown -> throw new IllegalArgumentException("tcpdump has no text for: " + unknown);
        }
    }

    private void state(StringBuilder text, StateMessage state) {
        states.append(text, state);
        if (style == TextStyle.LIST && options.verbose() >= 2 && state instanceof Update) {
            text.append(" updates: ").append(state.updates());
        }
    }

    private void update(StringBuilder text, UpdateCompressed update) {
        name(text, update.id(), update.creatorId());
        if (style == TextStyle.LIST && options.verbose() >= 2) {
            text.append(" updates: ").append(update.array()[update.offset() + V4_UPDATES] & 0xff);
        }
        if (style == TextStyle.FREEBSD && options.verbose() > 2) {
            StateText.guessedStates(text, update.src(), update.dst());
        }
    }

    private static void name(StringBuilder text, long id, int creatorId) {
        Digits.hex16(text.append("\n\tid: "), id);
        Digits.hex8(text.append(" creatorid: "), creatorId);
    }

    private static void clear(StringBuilder text, Clear clear) {
        Digits.hex8(text.append("\n\tcreatorid: "), clear.creatorId());
        Layout layout = clear.layout();
        int at = clear.offset() + layout.ifname;
        if (clear.array()[at] != 0) {
            text.append(" interface: ");
            Digits.visible(text, clear.array(), at, StateMessage.IFNAME_SIZE);
        }
    }

    /** Unlike the tool of 4.4 the age is right on every machine. */
    private void bulk(StringBuilder text, BulkStatus bulk) {
        boolean list = style == TextStyle.LIST;
        Digits.hex8(text.append("\n\tcreatorid: "), bulk.creatorId());
        Digits.duration(text.append(list ? " age " : " age: "), bulk.endtime());
        boolean known = bulk.status() == BulkStatus.START || bulk.status() == BulkStatus.END;
        text.append(" status: ").append(known ? STATUS[bulk.status()] : list ? "?" : STATUS[0]);
    }

    private void tdb(StringBuilder text, TdbUpdate tdb) {
        boolean prefix = style == TextStyle.OPENBSD || style == TextStyle.FREEBSD;
        Digits.hex8(text.append(prefix ? "\n\tspi: 0x" : "\n\tspi: "), (int) tdb.spi());
        Digits.unsigned(text.append(" rpl: "), tdb.rpl());
        Digits.unsigned(text.append(" cur_bytes: "), tdb.curBytes());
    }

    private static void endOfFrame(StringBuilder text, EndOfFrame eof) {
        Digits.bytes(text.append("\n\t hmac: "), eof.array(), eof.offset(), eof.size());
    }
}
