package net.pfsync.pcap;

import org.pcap4j.core.PcapNativeException;

/** An interface cannot be used; the message is one line that says why and what would help. */
public final class LinkException extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param message one line */
    public LinkException(String message) {
        super(message);
    }

    /**
     * @param message one line
     * @param cause what libpcap or the system said
     */
    public LinkException(String message, Throwable cause) {
        super(message, cause);
    }

    /** What libpcap says when an interface cannot be opened, in one line. */
    static LinkException refused(String name, PcapNativeException e) {
        String words = String.valueOf(e.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
        return new LinkException(
                words.contains("not permitted") || words.contains("permission")
                        ? "no permission to capture on " + name
                                + "; root may, and a program with the capabilities CAP_NET_RAW and CAP_NET_ADMIN"
                        : name + " cannot be opened: " + words,
                e);
    }

    /** The library of the system is not there. */
    static LinkException withoutLibpcap(LinkageError e) {
        return new LinkException("libpcap is missing; on Debian: apt-get install libpcap0.8", e);
    }
}
