package net.pfsync.sync;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.Tag;

/** Whatever arrives on the sync LAN leaves a firewall whole: the inputs that {@code ci/fuzz frames} found worth keeping. */
@Tag("jazzer")
class FrameFuzzTest {

    @FuzzTest
    void anyFramesLeaveAFirewallWhole(byte[] input) {
        FrameFuzzer.fuzzerTestOneInput(input);
    }
}
