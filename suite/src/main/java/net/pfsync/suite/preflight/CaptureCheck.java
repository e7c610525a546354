package net.pfsync.suite.preflight;

/** Frames can be captured there: libpcap and the privilege. */
final class CaptureCheck implements Check {

    @Override
    public String name() {
        return "capture";
    }

    @Override
    public Finding look(Site site) {
        if (!site.place().missing().isEmpty()) {
            return Finding.cannotTell("there is no interface to try");
        }
        return site.place().closed().isEmpty()
                ? Finding.ok("frames can be captured and sent")
                : Finding.notOk(
                        site.place().closed(), "run it with sudo, or through a relay: 'sync: {relay: \"ssh://…\"}'");
    }
}
