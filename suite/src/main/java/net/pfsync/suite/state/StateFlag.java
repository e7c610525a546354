package net.pfsync.suite.state;

/** Bits of {@code state_flags} that pfsync has to do with ({@code PFSTATE_*}). */
public final class StateFlag {

    /** The rule allows IP options. */
    public static final int ALLOWOPTS = 0x01;
    /** Sequence numbers are not checked closely. */
    public static final int SLOPPY = 0x02;
    /** The state is never announced. */
    public static final int NOSYNC = 0x08;
    /** The creator holds the first packet back and waits for an INS_ACK. */
    public static final int ACK = 0x10;

    private StateFlag() {}
}
