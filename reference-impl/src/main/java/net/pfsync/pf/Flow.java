package net.pfsync.pf;

/**
 * A packet as the rules see it: with the addresses and ports that the translations matched so far have given it. The packet itself is
 * rewritten only when it is clear that it passes.
 *
 * <p>Source: the manual of pf.conf, "Translation": rules that follow a translation see the translated packet.
 */
final class Flow {

    private final TrackingRule rule;
    private Packet packet;
    private String ifname;
    private int direction;
    private long sourceHi;
    private long sourceLo;
    private int sourcePort;
    private long destinationHi;
    private long destinationLo;
    private int destinationPort;

    Flow(TrackingRule rule) {
        this.rule = rule;
    }

    Flow of(Packet of, String at, int going) {
        packet = of;
        ifname = at;
        direction = going;
        sourceHi = of.sourceHi();
        sourceLo = of.sourceLo();
        sourcePort = rule.sourcePort(of);
        destinationHi = of.destinationHi();
        destinationLo = of.destinationLo();
        destinationPort = rule.destinationPort(of);
        return this;
    }

    Packet packet() {
        return packet;
    }

    String ifname() {
        return ifname;
    }

    int direction() {
        return direction;
    }

    long sourceHi() {
        return sourceHi;
    }

    long sourceLo() {
        return sourceLo;
    }

    int sourcePort() {
        return sourcePort;
    }

    long destinationHi() {
        return destinationHi;
    }

    long destinationLo() {
        return destinationLo;
    }

    int destinationPort() {
        return destinationPort;
    }

    void setSource(AddressRange address, int port) {
        sourceHi = address.hi();
        sourceLo = address.lo();
        sourcePort = port;
    }

    void setSourcePort(int port) {
        sourcePort = port;
    }

    void setDestination(AddressRange address, int port) {
        destinationHi = address.hi();
        destinationLo = address.lo();
        destinationPort = port;
    }
}
