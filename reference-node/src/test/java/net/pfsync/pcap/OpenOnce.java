package net.pfsync.pcap;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import net.pfsync.time.RealTime;

/** A program of its own: opens an interface and says how that went, so that a test can take away what it needs. */
final class OpenOnce {

    private OpenOnce() {}

    public static void main(String[] args) throws Exception {
        try (RealTime loop = new RealTime("opening", Throwable::printStackTrace)) {
            PcapLink link = loop.call(() -> PcapLink.open(args[0], null, loop), Duration.ofSeconds(20));
            System.out.println("opened");
            loop.call(
                    () -> {
                        link.close();
                        return null;
                    },
                    Duration.ofSeconds(20));
        } catch (ExecutionException e) {
            System.out.println(e.getCause().getMessage());
        }
    }
}
