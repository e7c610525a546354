package net.pfsync.net;

import java.util.function.Consumer;

/** A link that an administrator takes down and brings up: while it is down nothing is sent or received, and to its user the cable is out. */
public final class SwitchedLink implements Link {

    private final Link link;
    private boolean on = true;
    private Consumer<Boolean> listener = up -> {};

    /**
     * Puts a switch before a link.
     *
     * @param link the link; this object is its only user
     */
    public SwitchedLink(Link link) {
        this.link = link;
        link.onStatus(up -> {
            if (on) {
                listener.accept(up);
            }
        });
    }

    /**
     * Takes it down or brings it up.
     *
     * @param up whether it is to be up
     */
    public void turn(boolean up) {
        if (on != up) {
            on = up;
            if (link.up()) {
                listener.accept(up);
            }
        }
    }

    /** Whether it was not taken down; there may be no cable in it all the same. */
    public boolean on() {
        return on;
    }

    @Override
    public void send(byte[] frame) {
        if (on) {
            link.send(frame);
        }
    }

    @Override
    public void onReceive(Consumer<byte[]> receiver) {
        link.onReceive(frame -> {
            if (on) {
                receiver.accept(frame);
            }
        });
    }

    @Override
    public boolean up() {
        return on && link.up();
    }

    @Override
    public void onStatus(Consumer<Boolean> told) {
        listener = told;
    }

    @Override
    public MacAddress address() {
        return link.address();
    }
}
