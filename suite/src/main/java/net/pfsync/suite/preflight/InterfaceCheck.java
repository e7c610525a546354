package net.pfsync.suite.preflight;

/** The probe's interface exists and has a carrier. */
final class InterfaceCheck implements Check {

    @Override
    public String name() {
        return "interface";
    }

    @Override
    public Finding look(Site site) {
        String name = site.lab().syncInterface();
        if (!site.place().missing().isEmpty()) {
            return Finding.notOk(
                    site.place().missing(), "name the interface that is on the sync LAN: 'sync: {interface: …}'");
        }
        if (!site.place().up()) {
            return Finding.notOk(name + " is down or has no cable", "ip link set " + name + " up, and the cable");
        }
        return Finding.ok(name + " is up, MTU " + site.place().mtu());
    }
}
