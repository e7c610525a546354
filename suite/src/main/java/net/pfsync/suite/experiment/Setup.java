package net.pfsync.suite.experiment;

/** How the firewalls of an experiment stand. */
enum Setup {
    /** A alone, without pfsync. */
    ONE("one firewall", 1, false),
    /** All packets through A, and B hears of it. */
    SYMMETRIC("symmetric pair", 1, false),
    /** Out through A and back through B. */
    SPLIT("split path", 2, false),
    /** The same, and first packets wait until the peer knows their states. */
    SPLIT_DEFER("split path, defer", 2, true);

    private final String text;
    private final int back;
    private final boolean defer;

    Setup(String text, int back, boolean defer) {
        this.text = text;
        this.back = back;
        this.defer = defer;
    }

    /** Through whom answers come back, 1 for A and 2 for B. */
    int back() {
        return back;
    }

    boolean defer() {
        return defer;
    }

    /** Its name in tables. */
    String text() {
        return text;
    }
}
