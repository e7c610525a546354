package net.pfsync.pf;

/** The bits of {@link State#stateFlags}, as they are on the wire. Source: {@code WIRE.md} section 9. */
public final class StateFlags {

    /** IP options are allowed. */
    public static final int ALLOWOPTS = 0x0001;
    /** Tracked without windows. */
    public static final int SLOPPY = 0x0002;
    /** Exported by pflow. */
    public static final int PFLOW = 0x0004;
    /** Never announced to peers. */
    public static final int NOSYNC = 0x0008;
    /** The creator holds a packet and waits for an INS_ACK. */
    public static final int ACK = 0x0010;

    /** {@code scrub (reassemble tcp)}; visible on the wire where the field has 16 bits. */
    public static final int SCRUB_TCP = 0x0100;

    private StateFlags() {}
}
