package net.pfsync.net;

import java.util.function.Consumer;

/** One station's attachment to a LAN. Frames are Ethernet frames without check sequence; nobody changes their arrays. */
public interface Link {

    /**
     * Sends a frame; it is lost if there is no link.
     *
     * @param frame the frame
     */
    void send(byte[] frame);

    /**
     * Says who takes the frames that arrive: those to this station's address, to groups and to all.
     *
     * @param receiver called on the LAN's event loop
     */
    void onReceive(Consumer<byte[]> receiver);

    /**
     * Whether there is a link.
     *
     * @return false if the cable is out
     */
    boolean up();

    /**
     * Says who is told when the link comes or goes.
     *
     * @param listener gets true when it comes
     */
    void onStatus(Consumer<Boolean> listener);

    /**
     * This station's address.
     *
     * @return never null
     */
    MacAddress address();
}
