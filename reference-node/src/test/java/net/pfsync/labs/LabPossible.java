package net.pfsync.labs;

import java.io.IOException;
import org.pcap4j.core.Pcaps;

/** What a lab of namespaces needs, looked at once. */
final class LabPossible {

    private static final String NOTHING = "";

    private static String missing;

    private LabPossible() {}

    /** What is missing, in a few words; empty if nothing is. */
    static synchronized String missing() {
        if (missing == null) {
            missing = look();
        }
        return missing;
    }

    /** Whether a machine without is at fault. */
    static boolean required() {
        return "required".equals(System.getenv("PFSYNC_LABS"));
    }

    private static String look() {
        try {
            if (!OwnNetwork.run("id -u").strip().equals("0")) {
                return "networks need root";
            }
            OwnNetwork.run("ip -V");
            OwnNetwork.run("ethtool --version");
            OwnNetwork.call(() -> OwnNetwork.run("ip link add laba type veth peer name labb"));
            return Pcaps.libVersion().isEmpty() ? "libpcap says no version" : NOTHING;
        } catch (LinkageError e) {
            return "libpcap is missing";
        } catch (IOException e) {
            return e.getMessage();
        } catch (Exception e) {
            return "no networks here: " + e;
        }
    }
}
