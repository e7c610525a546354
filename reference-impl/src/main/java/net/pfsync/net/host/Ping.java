package net.pfsync.net.host;

import java.util.Arrays;
import java.util.function.Consumer;
import net.pfsync.net.Icmp;
import net.pfsync.net.Ip;
import net.pfsync.net.IpAddress;
import net.pfsync.net.IpStack;
import net.pfsync.net.NetworkInterface;
import net.pfsync.net.NetworkOrder;

/** Echo requests of a host and the answers to them; requests of others are answered by the stack itself. */
public final class Ping {

    private final IpStack stack;
    private Consumer<EchoReply> listener = reply -> {};

    Ping(IpStack stack) {
        this.stack = stack;
        stack.receive(Ip.ICMP, this::receive);
    }

    /**
     * Listens for answers.
     *
     * @param chosen takes them
     */
    public void onReply(Consumer<EchoReply> chosen) {
        listener = chosen;
    }

    /**
     * Sends a request.
     *
     * @param destination to whom
     * @param id its identifier, 16 bits
     * @param sequence its sequence number, 16 bits
     * @param body what is to come back
     * @return false if there is no route or it is too long for the link
     */
    public boolean send(IpAddress destination, int id, int sequence, byte[] body) {
        IpAddress source = stack.sourceTowards(destination);
        if (source == null) {
            return false;
        }
        byte[] frame = Icmp.echo(source, destination, id, sequence, body);
        stack.identify(frame);
        return stack.send(frame);
    }

    private boolean receive(NetworkInterface from, byte[] frame) {
        if (!Icmp.echoReply(frame)) {
            return false;
        }
        int start = Ip.payload(frame);
        listener.accept(new EchoReply(
                Ip.source(frame),
                NetworkOrder.int16(frame, start + 4),
                NetworkOrder.int16(frame, start + 6),
                Arrays.copyOfRange(frame, start + Icmp.HEADER, Ip.end(frame))));
        return true;
    }
}
