package net.pfsync.wire.text;

import net.pfsync.wire.Dialect;

/** Which tcpdump's text. */
public enum TextStyle {
    /** Of OpenBSD 4.4: one action per frame, its name behind the header. */
    LIST,
    /** Of the thesis: sections; the header only with {@code -e}, the HMAC of EOF. */
    DRAFT,
    /** Of OpenBSD 7: the header always, states and sections as in the thesis. */
    OPENBSD,
    /** Of FreeBSD: messages only with {@code -v}, lines indented by a tab. */
    FREEBSD;

    /** The tcpdump of the system that speaks a dialect. */
    public static TextStyle of(Dialect dialect) {
        if (dialect.inet6() != INET6_OPENBSD) {
            return FREEBSD;
        }
        if (!dialect.framing().subheaders()) {
            return LIST;
        }
        return dialect.framing().stride() ? OPENBSD : DRAFT;
    }

    private static final int INET6_OPENBSD = 24;
}
