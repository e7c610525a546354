package net.pfsync.suite.scenario;

import java.util.Arrays;
import net.pfsync.node.Firewall;
import net.pfsync.node.Settings;
import net.pfsync.pf.State;
import net.pfsync.pf.Timeouts;
import net.pfsync.release.Release;
import net.pfsync.suite.replay.LocalState;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.Kind;
import net.pfsync.wire.MessageBuilder;
import net.pfsync.wire.StateMessage;

/** What the recorded machines had in common, and states for their tables. */
final class Setups {

    /** Host ids of A and B in the scenarios of 4.5 and 4.6. */
    static final int HOST_A = 0xa1;

    static final int HOST_B = 0xb2;

    /** Host id of A in the scenarios of 7.6. */
    static final int HOST_VIO = 0x5134369b;

    /** The rules of 4.5 and 4.6 unless a scenario says otherwise; they were set by ioctl, so TCP may begin anywhere. */
    static final String EM_RULES = "pass quick on ! em0 inet all flags any keep state";

    /**
     * Rules of 4.6 under which TCP begins with a SYN. In the captures 03 and 05 nothing else makes a state: neither the FIN
     * of a connection that was killed, nor the answer that B sees before the state of A has come.
     */
    static final String EM_CONNECTIONS =
            "pass quick on ! em0 inet all flags S/SA keep state\nblock quick on ! em0 inet all";

    /** The rules of 7.6. Source: the cases of the same kernel. */
    static final String VIO_RULES =
            "set skip on { lo vio0 }\npass quick inet6 proto icmp6 no state\npass all keep state";

    private Setups() {}

    /** Settings with default timeouts. */
    static Settings settings(Release release, int hostId, String rules) {
        return Settings.of(release).hostId(hostId).rules(rules);
    }

    /** The default timeouts with some changed: pairs of index and seconds. */
    static int[] timeouts(Release release, int... changed) {
        int[] seconds = release.defaults().timeouts().stream()
                .mapToInt(Integer::intValue)
                .toArray();
        for (int i = 0; i < changed.length; i += 2) {
            seconds[changed[i]] = changed[i + 1];
        }
        return seconds;
    }

    /** All timeouts the same but for connections that are established. */
    static int[] timeouts(Release release, int all) {
        int[] seconds = timeouts(release, new int[0]);
        Arrays.fill(seconds, 0, Timeouts.OTHER_MULTIPLE + 1, all);
        seconds[Timeouts.TCP_ESTABLISHED] = timeouts(release, new int[0])[Timeouts.TCP_ESTABLISHED];
        return seconds;
    }

    /** Adds UDP states as DIOCADDSTATE does. */
    static void addUdpStates(Firewall firewall, int count) {
        Dialect dialect = firewall.release().dialect();
        for (int i = 0; i < count; i++) {
            StateMessage message = (StateMessage) MessageBuilder.of(dialect, Kind.INS)
                    .set("id", 0x5000_0000_0000_2710L + i)
                    .set("creatorid", HOST_A)
                    .set("ifname", "all")
                    .set("af", 2)
                    .set("proto", 17)
                    .set("direction", 1)
                    .set("timeout", Timeouts.UDP_MULTIPLE)
                    .set("key[0].addr[0]", "10.7.1.2")
                    .set("key[1].addr[0]", "10.7.1.2")
                    .set("key[0].addr[1]", "10.7.2.2")
                    .set("key[1].addr[1]", "10.7.2.2")
                    .set("key[0].port[0]", 20_000 + i)
                    .set("key[1].port[0]", 20_000 + i)
                    .build();
            firewall.addState(state(firewall, message, 0, 600));
        }
    }

    /** A state as it was told, of some age and with some seconds left. */
    static State state(Firewall firewall, StateMessage told, long age, long left) {
        Timeouts timeouts = new Timeouts(timeouts(firewall.release(), new int[0]));
        return LocalState.of(told, age, left, timeouts, (int) firewall.uptimeSeconds());
    }
}
