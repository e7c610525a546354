package net.pfsync.suite.target.real;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.pfsync.net.ArpMessage;
import net.pfsync.net.Ethernet;
import net.pfsync.net.Link;
import net.pfsync.net.MacAddress;

/**
 * ARP for a station that has no kernel to speak it: asks who has an address, and answers for its own. Nobody else on the machine answers for that: the
 * interface may be without one.
 */
final class AddressResolution {

    private final Link link;
    private final int own;
    private final Map<Integer, MacAddress> answers = new ConcurrentHashMap<>();
    private int asked;

    /**
     * For a station.
     *
     * @param link its interface
     * @param own its IPv4 address, the first byte highest
     */
    AddressResolution(Link link, int own) {
        this.link = link;
        this.own = own;
    }

    /** Asks all stations; on the loop's thread. */
    void ask(int address) {
        asked = address;
        link.send(ArpMessage.question(link.address(), own, address).frame(MacAddress.BROADCAST));
    }

    /** Takes a frame, whatever it is; on the loop's thread. Only an answer that was asked for, and comes to this station alone, is believed. */
    void heard(byte[] frame) {
        ArpMessage message = ArpMessage.in(frame);
        if (message == null) {
            return;
        }
        ArpMessage answer = message.answer(link.address(), own);
        if (answer != null) {
            link.send(answer.frame(message.mac()));
        }
        if (!message.request()
                && message.sender() == asked
                && Ethernet.destination(frame).equals(link.address())) {
            answers.put(asked, message.mac());
        }
    }

    /** The answer so far, null while there is none; on any thread. */
    MacAddress answer(int address) {
        return answers.get(address);
    }
}
