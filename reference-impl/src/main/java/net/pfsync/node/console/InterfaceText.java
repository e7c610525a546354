package net.pfsync.node.console;

import java.util.List;
import java.util.Locale;
import net.pfsync.net.IpAddress;
import net.pfsync.net.IpPrefix;
import net.pfsync.net.Ipv4Address;
import net.pfsync.net.NetworkInterface;
import net.pfsync.node.Firewall;
import net.pfsync.sync.Pfsync;

/** What {@code ifconfig} prints of interfaces. Numbers are given as the kernel does: the real ones first, then its own, then as they are created. */
final class InterfaceText {

    /** {@code enc0}, {@code lo0} and {@code pflog0} come between the real interfaces and those that are created. */
    private static final int OF_THE_SYSTEM = 3;

    private final Firewall firewall;
    private final Pfsync pfsync;
    private String description = "";
    private int created;

    InterfaceText(Firewall firewall) {
        this.firewall = firewall;
        this.pfsync = firewall.pfsync();
        this.created = pfsync.exists() ? 1 : 0;
    }

    /** pfsync0 was created, once more. */
    void created() {
        created++;
        description = "";
    }

    void describe(String text) {
        description = text;
    }

    String all() {
        StringBuilder all = new StringBuilder();
        firewall.stack().interfaces().forEach(own -> all.append(of(own)));
        return all.append(pfsync.exists() ? pfsync() : "").toString();
    }

    String pfsync() {
        StringBuilder text = new StringBuilder("pfsync0: flags=")
                .append(pfsync.running() ? "41<UP,RUNNING>" : "0<>")
                .append(" mtu ")
                .append(pfsync.mtu());
        text.append(description.isEmpty() ? "" : "\n\tdescription: " + description);
        int index = firewall.stack().interfaces().size() + OF_THE_SYSTEM + Math.max(1, created);
        text.append("\n\tindex ").append(index).append(" priority 0 llprio 3\n\tencap: parent ");
        String device = pfsync.syncdev();
        text.append(device.isEmpty() ? "none" : device + "\n\t" + parameters(device));
        return text.append("\n\tgroups: carp pfsync\n").toString();
    }

    private String parameters(String device) {
        String peer = pfsync.syncpeer() == Pfsync.GROUP ? "" : " syncpeer: " + Ipv4Address.text(pfsync.syncpeer());
        return "pfsync: syncdev: " + device + peer + " maxupd: " + pfsync.maxupd() + " defer: "
                + (pfsync.defer() ? "on" : "off");
    }

    String of(NetworkInterface own) {
        List<NetworkInterface> all = firewall.stack().interfaces();
        int index = all.indexOf(own) + 1;
        StringBuilder text = new StringBuilder(own.name())
                .append(
                        firewall.interfaceUp(own.name())
                                ? ": flags=8843<UP,BROADCAST,RUNNING,SIMPLEX,MULTICAST> mtu "
                                : ": flags=8802<BROADCAST,SIMPLEX,MULTICAST> mtu ")
                .append(own.mtu());
        text.append(own.mac() == null ? "" : "\n\tlladdr " + own.mac());
        text.append("\n\tindex ").append(index).append(" priority 0 llprio 3");
        text.append("\n\tmedia: Ethernet autoselect\n\tstatus: ");
        text.append(firewall.linkUp(own.name()) ? "active" : "no carrier").append('\n');
        own.addresses().forEach(address -> text.append('\t').append(of(address, own.name(), index)));
        return text.toString();
    }

    private static String of(IpPrefix prefix, String name, int index) {
        IpAddress address = prefix.address();
        if (!address.inet6()) {
            int mask = prefix.length() == 0 ? 0 : -1 << (Integer.SIZE - prefix.length());
            return String.format(Locale.ROOT, "inet %s netmask 0x%08x broadcast %s\n", address, mask, prefix.last());
        }
        return address.linkLocal()
                ? String.format(
                        Locale.ROOT, "inet6 %s%%%s prefixlen %d scopeid 0x%x\n", address, name, prefix.length(), index)
                : "inet6 " + address + " prefixlen " + prefix.length() + "\n";
    }
}
