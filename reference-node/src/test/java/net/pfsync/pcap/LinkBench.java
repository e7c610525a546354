package net.pfsync.pcap;

import java.util.List;
import net.pfsync.labs.OwnNetwork;

/** How many frames a second go through a veth pair and {@link PcapLink}, and how many of them are lost; {@code ci/bench-links} starts it. */
final class LinkBench {

    private static final int SECONDS = 10;
    private static final long AS_FAST_AS_IT_GOES = 10_000_000;

    private LinkBench() {}

    public static void main(String[] arguments) throws Exception {
        long rate = arguments.length > 0 ? Long.parseLong(arguments[0]) : Flood.PER_SECOND;
        int frames = Math.toIntExact(rate * SECONDS);
        OwnNetwork.call(() -> {
            OwnNetwork.wire("wirea", "wireb");
            measure("warming up", 1, rate, frames);
            measure("one way, " + rate + "/s wanted", 1, rate, frames);
            measure("both ways, " + rate + "/s wanted", 2, rate, frames);
            measure("one way, as fast as it goes", 1, AS_FAST_AS_IT_GOES, frames);
            measure("both ways, as fast as it goes", 2, AS_FAST_AS_IT_GOES, frames);
            return null;
        });
    }

    private static void measure(String what, int ways, long rate, int frames) throws Exception {
        try (Station a = Station.on("wirea");
                Station b = Station.on("wireb")) {
            List<Flood> floods = List.of(new Flood(a, b, rate, frames), new Flood(b, a, rate, frames))
                    .subList(0, ways);
            for (Flood flood : floods) {
                flood.start();
            }
            for (Flood flood : floods) {
                flood.awaitEnd();
            }
            System.out.println(what + ": "
                    + floods.stream().map(flood -> flood.rate() + " frames/s").toList() + "; a "
                    + a.statistics().losses() + ", b " + b.statistics().losses());
        }
    }
}
