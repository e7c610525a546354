package net.pfsync.node;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever stations send leaves firewalls whole: the inputs that {@code ci/fuzz forwarding} found worth keeping. */
class ForwardingFuzzTest {

    @FuzzTest
    void anyPacketsLeaveFirewallsWhole(byte[] input) {
        ForwardingFuzzer.fuzzerTestOneInput(input);
    }
}
