package net.pfsync.pf;

/**
 * Whether and how a rule keeps state.
 *
 * @param mode none, or how TCP is treated
 * @param noSync whether peers are not told
 * @param sloppy whether TCP is tracked without windows
 * @param binding where the state is valid
 */
record Keeping(Mode mode, boolean noSync, boolean sloppy, Binding binding) {

    /** How TCP is treated. */
    enum Mode {
        /** No state. */
        NO("no state"),
        /** As it comes. */
        KEEP("keep state"),
        /** With sequence numbers of our own. */
        MODULATE("modulate state"),
        /** The handshake is made with both ends on behalf of the other. */
        SYNPROXY("synproxy state");

        private final String text;

        Mode(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /** Where a state is valid. */
    enum Binding {
        /** What {@code set state-policy} says. */
        DEFAULT,
        /** Anywhere. */
        FLOATING,
        /** On the interface of its first packet. */
        IF_BOUND
    }

    static final Keeping NOTHING = new Keeping(Mode.NO, false, false, Binding.DEFAULT);

    boolean keeps() {
        return mode != Mode.NO;
    }
}
