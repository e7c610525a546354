package net.pfsync.net.host;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import net.pfsync.net.InternetChecksum;
import net.pfsync.net.Ip;
import net.pfsync.net.IpAddress;
import net.pfsync.net.IpStack;
import net.pfsync.net.NetworkInterface;
import net.pfsync.net.NetworkOrder;

/**
 * UDP of a host: source port, destination port, length, checksum. A datagram for a port at which nobody listens is answered by an ICMP error.
 *
 * <p>Sources: RFC 768; RFC 8200, 8.1 (the checksum is not optional in IPv6); RFC 1122, 4.1.3.1.
 */
public final class Udp {

    private static final int HEADER = 8;

    private final IpStack stack;
    private final Map<Integer, Consumer<Datagram>> listeners = new HashMap<>();

    Udp(IpStack stack) {
        this.stack = stack;
        stack.receive(Ip.UDP, this::receive);
    }

    /**
     * Listens at a port.
     *
     * @param port 1 to 65535
     * @param listener takes what comes there
     */
    public void listen(int port, Consumer<Datagram> listener) {
        listeners.put(port, listener);
    }

    /**
     * Sends a datagram.
     *
     * @param sourcePort from which port
     * @param destination to whom
     * @param destinationPort to which port
     * @param payload what it says
     * @return false if there is no route or it is too long for the link
     */
    public boolean send(int sourcePort, IpAddress destination, int destinationPort, byte[] payload) {
        IpAddress source = stack.sourceTowards(destination);
        if (source == null) {
            return false;
        }
        byte[] frame = Ip.make(source, destination, Ip.UDP, HEADER + payload.length);
        int start = Ip.payload(frame);
        NetworkOrder.put16(frame, start, sourcePort);
        NetworkOrder.put16(frame, start + 2, destinationPort);
        NetworkOrder.put16(frame, start + 4, HEADER + payload.length);
        System.arraycopy(payload, 0, frame, start + HEADER, payload.length);
        int checksum = InternetChecksum.ofPayload(frame, start, Ip.UDP);
        NetworkOrder.put16(frame, start + 6, checksum == 0 ? 0xffff : checksum);
        stack.identify(frame);
        return stack.send(frame);
    }

    private boolean receive(NetworkInterface from, byte[] frame) {
        int start = Ip.payload(frame);
        int end = Ip.end(frame);
        if (end - start < HEADER
                || NetworkOrder.int16(frame, start + 4) != end - start
                || !checksumSound(frame, start)) {
            return false;
        }
        Consumer<Datagram> listener = listeners.get(NetworkOrder.int16(frame, start + 2));
        if (listener == null) {
            stack.portUnreachable(from, frame);
            return false;
        }
        listener.accept(new Datagram(
                Ip.source(frame),
                NetworkOrder.int16(frame, start),
                Ip.destination(frame),
                NetworkOrder.int16(frame, start + 2),
                Arrays.copyOfRange(frame, start + HEADER, end)));
        return true;
    }

    private static boolean checksumSound(byte[] frame, int start) {
        boolean without = NetworkOrder.int16(frame, start + 6) == 0;
        return without ? !Ip.inet6(frame) : InternetChecksum.ofPayload(frame, start, Ip.UDP) == 0;
    }
}
