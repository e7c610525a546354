package net.pfsync.suite.target.real;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.pfsync.net.Ethernet;
import net.pfsync.net.Link;
import net.pfsync.net.MacAddress;

/** ARP's question who has an address, for a station that has no kernel to ask for it. Source: RFC 826. */
final class AddressQuestion {

    private static final int SIZE = 28;
    private static final long HARDWARE_ETHERNET_PROTOCOL_IPV4 = 0x0001_0800_0604_0000L;
    private static final int HEAD = 8;
    private static final int REQUEST = 1;
    private static final int REPLY = 2;
    private static final int SENDER_MAC = Ethernet.HEADER + HEAD;
    private static final int SENDER_IP = SENDER_MAC + MacAddress.SIZE;

    private final Link link;
    private final int own;
    private final Map<Integer, MacAddress> answers = new ConcurrentHashMap<>();
    private int asked;

    AddressQuestion(Link link, int own) {
        this.link = link;
        this.own = own;
    }

    /** Asks all stations; on the loop's thread. */
    void ask(int address) {
        asked = address;
        ByteBuffer frame = ByteBuffer.allocate(Ethernet.SHORTEST);
        mac(frame, MacAddress.BROADCAST);
        mac(frame, link.address());
        frame.putShort((short) Ethernet.ARP);
        frame.putLong(HARDWARE_ETHERNET_PROTOCOL_IPV4 | REQUEST);
        mac(frame, link.address());
        frame.putInt(own);
        frame.position(frame.position() + MacAddress.SIZE);
        frame.putInt(address);
        link.send(frame.array());
    }

    private static void mac(ByteBuffer frame, MacAddress address) {
        frame.putShort((short) (address.value() >> Integer.SIZE));
        frame.putInt((int) address.value());
    }

    /** Looks at a frame, whatever it is; on the loop's thread. */
    void heard(byte[] frame) {
        if (frame.length < Ethernet.HEADER + SIZE || Ethernet.type(frame) != Ethernet.ARP) {
            return;
        }
        ByteBuffer arp = ByteBuffer.wrap(frame);
        MacAddress sender = MacAddress.at(frame, SENDER_MAC);
        if (arp.getLong(Ethernet.HEADER) == (HARDWARE_ETHERNET_PROTOCOL_IPV4 | REPLY)
                && Ethernet.destination(frame).equals(link.address())
                && arp.getInt(SENDER_IP) == asked
                && !sender.group()) {
            answers.put(arp.getInt(SENDER_IP), sender);
        }
    }

    /** The answer so far, null while there is none. */
    MacAddress answer(int address) {
        return answers.get(address);
    }
}
