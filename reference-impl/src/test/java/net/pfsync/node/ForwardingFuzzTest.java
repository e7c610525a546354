package net.pfsync.node;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.Tag;

/** Whatever stations send leaves firewalls whole: the inputs that {@code ci/fuzz forwarding} found worth keeping. */
@Tag("jazzer")
class ForwardingFuzzTest {

    @FuzzTest
    void anyPacketsLeaveFirewallsWhole(byte[] input) {
        ForwardingFuzzer.fuzzerTestOneInput(input);
    }
}
