package net.pfsync.suite.scenario;

import java.io.IOException;
import java.util.List;

/**
 * One recorded scenario and how to play it again.
 *
 * @param kernel the folder of its capture, such as {@code openbsd-4.6}
 * @param captures the captures of the sync LAN, of one session
 * @param title what was done
 * @param driven where what happens comes from
 * @param differs why what differs does; empty if nothing does
 * @param script makes the lab and says what happens in it
 */
record Scenario(String kernel, List<String> captures, String title, String driven, String differs, Script script) {

    Scenario(String kernel, String capture, String title, String driven, String differs, Script script) {
        this(kernel, List.of(capture), title, driven, differs, script);
    }

    /** Makes a lab and plans what happens in it. */
    @FunctionalInterface
    interface Script {
        /**
         * Prepares a scenario.
         *
         * @param recording its captures
         * @return the lab, with everything planned
         * @throws IOException if a capture cannot be read
         */
        ScenarioLab prepare(Recording recording) throws IOException;
    }

    String name() {
        return kernel + "/" + String.join(", ", captures);
    }
}
