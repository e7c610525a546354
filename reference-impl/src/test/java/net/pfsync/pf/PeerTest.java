package net.pfsync.pf;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.pfsync.wire.PeerWriter;
import net.pfsync.wire.WirePeer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One end of a connection, and what is taken over from the wire. Source: BEHAVIOUR.md 9.10. */
class PeerTest {

    private final byte[] bytes = new byte[WirePeer.SIZE];
    private final PeerWriter received = new PeerWriter().wrap(bytes, 0);
    private final Peer peer = new Peer();

    private void take() {
        peer.take(new WirePeer(bytes, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0, true",
        "0, 0, false",
        "0, 1, false",
        "0x80000000, 1, true",
        "0x7fffffff, 0, true",
        "0, 0x7fffffff, false",
        "0, 0xffffffff, true",
        "0xffffffff, 0, false"
    })
    void comparesSequenceNumbersOnTheirCircle(String a, String b, boolean after) {
        assertThat(Peer.after(Long.decode(a).intValue(), Long.decode(b).intValue()))
                .isEqualTo(after);
    }

    @Property(tries = 200)
    void neverFindsTwoSequenceNumbersEachAfterTheOther(@ForAll int a, @ForAll int b) {
        if (a - b != Integer.MIN_VALUE) {
            assertThat(Peer.after(a, b) && Peer.after(b, a)).isFalse();
        }
    }

    @Test
    void takesEveryField() {
        received.seqlo(1).seqhi(2).seqdiff(3).maxWin(65535).mss(1460).state(12).wscale(0x8a);
        take();
        assertThat(peer.seqlo).isEqualTo(1);
        assertThat(peer.seqhi).isEqualTo(2);
        assertThat(peer.seqdiff).isEqualTo(3);
        assertThat(peer.maxWin & 0xffff).isEqualTo(65535);
        assertThat(peer.mss).isEqualTo((short) 1460);
        assertThat(peer.state).isEqualTo((byte) 12);
        assertThat(peer.wscale & 0xff).isEqualTo(0x8a);
        assertThat(peer.scrub).isNull();
    }

    @Test
    void takesOfScrubOnlyTheTimestampFlag() {
        received.scrub(0xffff, 64, 77);
        take();
        assertThat(peer.scrub.flags).isEqualTo((short) Peer.Scrub.TIMESTAMP);
        assertThat(peer.scrub.ttl).isEqualTo((byte) 64);
        assertThat(peer.scrub.tsMod).isEqualTo(77);
    }

    @Test
    void keepsItsScrubIfTheReceivedOneIsNotValid() {
        received.scrub(1, 64, 77);
        take();
        received.scrub(0, 32, 88);
        bytes[WirePeer.SCRUB_FLAG] = 0;
        take();
        assertThat(peer.scrub.ttl).isEqualTo((byte) 64);
        assertThat(peer.scrub.tsMod).isEqualTo(77);
    }
}
