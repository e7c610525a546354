package net.pfsync.suite.target.real;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import net.pfsync.pcap.LinkException;
import net.pfsync.pcap.MeteredLink;
import net.pfsync.pcap.PcapLink;
import net.pfsync.relay.RelayLink;
import net.pfsync.suite.target.real.LabConfig.RelayPlace;
import net.pfsync.time.RealTime;
import org.apache.sshd.client.channel.ChannelExec;

/** Where the probe's frames go through: an interface of this machine, or of a relay. */
final class SyncLinks {

    /** The relay may have to build its program first. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Duration CONNECT = Duration.ofSeconds(20);
    private static final int LONGEST_COMPLAINT = 4096;

    private SyncLinks() {}

    /**
     * Opens the probe's interface.
     *
     * @param lab the lab
     * @param loop the event loop that its frames arrive on
     * @return the link
     * @throws LinkException if it cannot be opened; the message is one line
     * @throws LabException if the relay is not reached; the message is one line
     */
    static MeteredLink open(LabConfig lab, RealTime loop) throws LinkException, LabException {
        return lab.relay() == null ? PcapLink.open(lab.syncInterface(), null, loop) : relay(lab, loop);
    }

    private static MeteredLink relay(LabConfig lab, RealTime loop) throws LinkException, LabException {
        RelayPlace place = lab.relay();
        SshConsole console = SshConsole.connect(place.address());
        Complaint complaint = new Complaint();
        boolean open = false;
        try {
            ChannelExec channel = console.channel(place.program() + " relay --interface " + lab.syncInterface());
            channel.setErr(complaint);
            channel.open().verify(CONNECT);
            MeteredLink link =
                    RelayLink.open(channel.getInvertedOut(), channel.getInvertedIn(), console, loop, PATIENCE);
            open = true;
            return link;
        } catch (LinkException e) {
            throw new LinkException(place.address() + ": " + e.getMessage() + complaint.words(), e);
        } catch (IOException e) {
            throw new LabException("the relay " + place.address() + " is lost: " + e.getMessage(), e);
        } finally {
            if (!open) {
                console.close();
            }
        }
    }

    /** The beginning of what a relay says on its standard error. */
    private static final class Complaint extends ByteArrayOutputStream {
        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, Math.clamp(LONGEST_COMPLAINT - size(), 0, length));
        }

        synchronized String words() {
            String last = toString(StandardCharsets.UTF_8)
                    .lines()
                    .reduce((one, other) -> other)
                    .orElse("")
                    .strip();
            return last.isEmpty() ? "" : " (" + last.replaceAll("\\p{Cntrl}+", " ") + ")";
        }
    }
}
