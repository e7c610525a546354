package net.pfsync.pf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Looking at packets is total, and writing into them keeps their checksums right. */
class PacketTest {

    /** A SYN as a recorded host sent it: case {@code s10-no-reaction-tcp-syn-trial-2} of OpenBSD 7.6. */
    private static final String RECORDED_SYN =
            "45000034cb22400040065b050a01004d0a02004dcb221389000f4240000000008002faf03e890000020405b40101040201030307";

    private static final String RECORDED_UDP6 =
            "60000000000b1140fd000001000000000000000000000077fd000002000000000000000000000077cb311389000b61c8616263";

    /** An ICMP error as a recorded host sent it: capture {@code 03-forwarding.client} of OpenBSD 4.6. */
    private static final String RECORDED_ERROR =
            "45c0003d794a00003f01eaa40a0702020a0701020303142d0000000045000021f38f40003f11312b"
                    + "0a0701020a0702029ca4270f000de13c68656c6c6f";

    static final List<byte[]> SAMPLES = List.of(
            hex(RECORDED_SYN),
            hex(RECORDED_UDP6),
            hex(RECORDED_ERROR),
            TestPacket.tcp("10.7.1.2", 4000, "10.7.2.2", 80)
                    .seq(1)
                    .ack(2)
                    .data(7)
                    .timestamps(3, 4)
                    .sack(5, 6)
                    .bytes(),
            TestPacket.tcp("fd00:1::2", 4000, "fd00:2::2", 80)
                    .flags(TcpFlags.SYN)
                    .wscale(3)
                    .mss(1440)
                    .bytes(),
            TestPacket.udp("10.7.1.2", 4000, "10.7.2.2", 53).data(3).ipOptions().bytes(),
            TestPacket.udp("10.7.1.2", 4000, "10.7.2.2", 53)
                    .withoutUdpChecksum()
                    .data(4)
                    .bytes(),
            TestPacket.udp("fd00:1::2", 4000, "fd00:2::2", 53)
                    .data(5)
                    .ipOptions()
                    .bytes(),
            TestPacket.icmp("10.7.1.2", "10.7.2.2", 8, 77).data(9).bytes(),
            TestPacket.icmp("fd00:1::2", "fd00:2::2", 128, 77).data(9).bytes(),
            TestPacket.other("10.7.1.2", "10.7.2.2", 47).data(20).bytes(),
            TestPacket.error(
                            "10.7.2.2",
                            "10.7.1.2",
                            3,
                            1,
                            TestPacket.tcp("10.7.1.2", 4000, "10.7.2.2", 80)
                                    .seq(9)
                                    .ack(2)
                                    .data(3)
                                    .bytes())
                    .bytes(),
            TestPacket.error(
                            "fd00:2::2",
                            "fd00:1::2",
                            1,
                            4,
                            TestPacket.udp("fd00:1::2", 4000, "fd00:2::2", 80)
                                    .data(3)
                                    .bytes())
                    .bytes());

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private static Packet parsed(byte[] bytes) {
        Packet packet = new Packet();
        assertThat(packet.parse(bytes, 0, bytes.length)).isTrue();
        return packet;
    }

    // ---- golden ----

    @Example
    void aRecordedSynIsUnderstood() {
        Packet packet = parsed(hex(RECORDED_SYN));

        assertThat(packet.inet6()).isFalse();
        assertThat(packet.proto()).isEqualTo(IpProtocol.TCP);
        assertThat(packet.length()).isEqualTo(52);
        assertThat(packet.ttl()).isEqualTo(64);
        assertThat(packet.dontFragment()).isTrue();
        assertThat(packet.sourceHi()).isEqualTo(0x0a01004d00000000L);
        assertThat(packet.destinationHi()).isEqualTo(0x0a02004d00000000L);
        assertThat(packet.sourcePort()).isEqualTo(52002);
        assertThat(packet.destinationPort()).isEqualTo(5001);
        assertThat(packet.seq()).isEqualTo(1_000_000);
        assertThat(packet.ack()).isZero();
        assertThat(packet.flags()).isEqualTo(TcpFlags.SYN);
        assertThat(packet.window()).isEqualTo(64240);
        assertThat(packet.dataLength()).isZero();
        assertThat(packet.wscale()).isEqualTo(0x87);
        assertThat(packet.mss()).isEqualTo(1460);
        assertThat(packet.icmp()).isNull();
        assertThat(packet.inner()).isNull();
    }

    @Example
    void aRecordedIpv6DatagramIsUnderstood() {
        Packet packet = parsed(hex(RECORDED_UDP6));

        assertThat(packet.inet6()).isTrue();
        assertThat(packet.length()).isEqualTo(51);
        assertThat(packet.sourceHi()).isEqualTo(0xfd00000100000000L);
        assertThat(packet.sourceLo()).isEqualTo(0x77);
        assertThat(packet.destinationHi()).isEqualTo(0xfd00000200000000L);
        assertThat(packet.destinationLo()).isEqualTo(0x77);
        assertThat(packet.sourcePort()).isEqualTo(52017);
        assertThat(packet.destinationPort()).isEqualTo(5001);
        assertThat(packet.dataLength()).isEqualTo(3);
    }

    @Example
    void aRecordedErrorContainsThePacketThatItIsAbout() {
        Packet packet = parsed(hex(RECORDED_ERROR));

        assertThat(packet.icmpError()).isTrue();
        assertThat(packet.icmpType()).isEqualTo(3);
        assertThat(packet.icmpCode()).isEqualTo(3);
        Packet inner = packet.inner();
        assertThat(inner.proto()).isEqualTo(IpProtocol.UDP);
        assertThat(inner.sourceHi()).isEqualTo(packet.destinationHi());
        assertThat(inner.sourcePort()).isEqualTo(0x9ca4);
        assertThat(inner.destinationPort()).isEqualTo(9999);
    }

    @Example
    void queriesAndRepliesHaveTheSameIdAndQueryType() {
        for (String[] hosts : new String[][] {{"10.7.1.2", "10.7.2.2"}, {"fd00:1::2", "fd00:2::2"}}) {
            int request = hosts[0].contains(":") ? 128 : 8;
            int answer = hosts[0].contains(":") ? 129 : 0;
            Packet query =
                    parsed(TestPacket.icmp(hosts[0], hosts[1], request, 4711).bytes());
            assertThat(query.icmp().reply()).isFalse();
            assertThat(query.icmp().query()).isEqualTo(request);
            assertThat(query.queryId()).isEqualTo(4711);
            Packet reply =
                    parsed(TestPacket.icmp(hosts[1], hosts[0], answer, 4711).bytes());
            assertThat(reply.icmp().reply()).isTrue();
            assertThat(reply.icmp().query()).isEqualTo(request);
            assertThat(reply.queryId()).isEqualTo(4711);
        }
    }

    @Example
    void neighbourDiscoveryBelongsTogetherByItsTarget() {
        byte[] target = TestPacket.address("fd00:2::2");
        Packet solicitation = parsed(
                TestPacket.icmp("fd00:1::2", "ff02::1", 135, 0).payload(target).bytes());
        Packet advertisement = parsed(TestPacket.icmp("fd00:2::2", "fd00:1::2", 136, 0x4000)
                .payload(target)
                .bytes());

        assertThat(solicitation.queryId()).isEqualTo(0xfd00).isEqualTo(advertisement.queryId());
        assertThat(advertisement.icmp().query()).isEqualTo(135);
        assertThat(parsed(TestPacket.icmp("fd00:1::2", "ff02::1", 135, 0).bytes())
                        .queryId())
                .isZero();
    }

    @Example
    void aFragmentHasNoPorts() {
        byte[] first = TestPacket.udp("10.7.1.2", 4000, "10.7.2.2", 53).data(8).bytes();
        first[6] = 0x20;
        byte[] later = first.clone();
        later[6] = 0;
        later[7] = 1;

        for (byte[] fragment : List.of(first, later)) {
            assertThat(parsed(fragment).fragment()).isTrue();
            assertThat(parsed(fragment).sourcePort()).isZero();
            assertThat(parsed(fragment).transport()).isEqualTo(-1);
        }
    }

    @Example
    void anIpv6FragmentIsOneOnlyIfThereIsMoreOfThePacket() {
        byte[] whole =
                TestPacket.udp("fd00:1::2", 4000, "fd00:2::2", 53).data(8).bytes();
        byte[] headed = Arrays.copyOf(whole, whole.length + 8);
        System.arraycopy(whole, 40, headed, 48, whole.length - 40);
        Arrays.fill(headed, 40, 48, (byte) 0);
        headed[5] = (byte) (headed[5] + 8);
        headed[6] = 44;
        headed[40] = 17;

        assertThat(parsed(headed).fragment()).isFalse();
        assertThat(parsed(headed).destinationPort()).isEqualTo(53);
        headed[43] = 1;
        assertThat(parsed(headed).fragment()).isTrue();
        assertThat(parsed(headed).proto()).isEqualTo(17);
    }

    @Example
    void optionsOfIpAreSeen() {
        assertThat(parsed(TestPacket.udp("10.7.1.2", 1, "10.7.2.2", 2)
                                .ipOptions()
                                .bytes())
                        .ipOptions())
                .isTrue();
        assertThat(parsed(TestPacket.udp("fd00::1", 1, "fd00::2", 2).ipOptions().bytes())
                        .ipOptions())
                .isTrue();
        assertThat(parsed(TestPacket.udp("10.7.1.2", 1, "10.7.2.2", 2).bytes()).ipOptions())
                .isFalse();
        Packet behindOptions =
                parsed(TestPacket.udp("fd00::1", 1, "fd00::2", 2).ipOptions().bytes());
        assertThat(behindOptions.destinationPort()).isEqualTo(2);
    }

    @Example
    void aWindowScaleOfMoreThanFourteenIsFourteen() {
        Packet packet = parsed(TestPacket.tcp("10.7.1.2", 1, "10.7.2.2", 2)
                .flags(TcpFlags.SYN)
                .wscale(15)
                .bytes());
        assertThat(packet.wscale()).isEqualTo(0x8e);
    }

    @Example
    void anOptionThatReachesBehindTheHeaderDoesNotCount() {
        TestPacket segment = TestPacket.tcp("10.7.1.2", 1, "10.7.2.2", 2)
                .ack(1)
                .options(1, 1, 8, 10)
                .data(20);
        assertThat(parsed(segment.bytes()).options().timestampAt()).isEqualTo(TcpOptions.NOWHERE);
        TestPacket endless = TestPacket.tcp("10.7.1.2", 1, "10.7.2.2", 2).ack(1).options(3, 0, 3, 7);
        assertThat(parsed(endless.bytes()).wscale()).isZero();
        TestPacket ended = TestPacket.tcp("10.7.1.2", 1, "10.7.2.2", 2).ack(1).options(0, 3, 3, 7);
        assertThat(parsed(ended.bytes()).wscale()).isZero();
    }

    @Example
    void bytesBehindTheLengthAreNotPartOfThePacket() {
        byte[] padded = Arrays.copyOf(hex(RECORDED_SYN), 60);
        assertThat(parsed(padded).length()).isEqualTo(52);
        assertThat(parsed(padded).dataLength()).isZero();
        assertThat(parsed(padded).copy()).isEqualTo(hex(RECORDED_SYN));
    }

    @Example
    void aPacketNeedNotStartAtTheFirstByte() {
        byte[] frame = new byte[14 + 52];
        System.arraycopy(hex(RECORDED_SYN), 0, frame, 14, 52);
        Packet packet = new Packet();
        assertThat(packet.parse(frame, 14, 52)).isTrue();
        packet.decrementTtl();
        packet.setSource(0x0a07010200000000L, 0, 99);
        assertThat(packet.sourcePort()).isEqualTo(99);
        assertThat(TestPacket.checksumsRight(packet.copy())).isTrue();
    }

    // ---- malformed ----

    @Example
    void everyTruncationIsMalformedAndNothingElse() {
        for (byte[] sample : SAMPLES) {
            for (int length = 0; length < sample.length; length++) {
                assertThat(new Packet().parse(Arrays.copyOf(sample, length), 0, length))
                        .isFalse();
            }
            assertThat(new Packet().parse(sample, 0, sample.length)).isTrue();
        }
    }

    @Example
    void lengthsThatContradictEachOtherAreMalformed() {
        byte[] shortIpHeader = hex(RECORDED_SYN);
        shortIpHeader[0] = 0x44;
        byte[] shortTcpHeader = hex(RECORDED_SYN);
        shortTcpHeader[32] = 0x40;
        byte[] longTcpHeader = hex(RECORDED_SYN);
        longTcpHeader[32] = (byte) 0x90;
        byte[] shortUdp = hex(RECORDED_UDP6);
        shortUdp[45] = 7;
        byte[] longUdp = hex(RECORDED_UDP6);
        longUdp[45] = 12;
        byte[] otherVersion = hex(RECORDED_SYN);
        otherVersion[0] = 0x55;

        for (byte[] wrong : List.of(shortIpHeader, shortTcpHeader, longTcpHeader, shortUdp, longUdp, otherVersion)) {
            assertThat(new Packet().parse(wrong, 0, wrong.length)).isFalse();
        }
    }

    @Example
    void anErrorAboutTooLittleHasNoInnerPacket() {
        byte[] about = TestPacket.udp("10.7.1.2", 1, "10.7.2.2", 2).bytes();
        for (int length = 0; length < about.length; length++) {
            Packet error = parsed(TestPacket.error("10.7.2.2", "10.7.1.2", 3, 1, Arrays.copyOf(about, length))
                    .bytes());
            assertThat(error.inner() != null).as("%s bytes", length).isEqualTo(length >= 28);
        }
    }

    @Property(tries = 5000)
    void parsingIsTotalForAnyBytes(@ForAll byte[] bytes) {
        askEverything(bytes);
    }

    @Property(tries = 5000)
    void parsingIsTotalForAlmostRightPackets(@ForAll("nearMisses") byte[] bytes) {
        askEverything(bytes);
    }

    @Provide
    Arbitrary<byte[]> nearMisses() {
        return nearMissesOf(SAMPLES);
    }

    static Arbitrary<byte[]> nearMissesOf(List<byte[]> samples) {
        return Arbitraries.of(samples)
                .flatMap(sample -> Arbitraries.integers()
                        .between(0, sample.length * 256 - 1)
                        .list()
                        .ofMaxSize(4)
                        .map(changes -> {
                            byte[] changed = sample.clone();
                            changes.forEach(change -> changed[change / 256] = (byte) (int) change);
                            return changed;
                        }));
    }

    private static void askEverything(byte[] bytes) {
        Packet packet = new Packet();
        if (!packet.parse(bytes, 0, bytes.length)) {
            return;
        }
        assertThat(packet.length()).isBetween(20, bytes.length);
        packet.setTtl(packet.ttl() / 2);
        packet.setSource(1L << 32, 2, 3);
        packet.setDestination(4L << 32, 5, 6);
        if (packet.proto() == IpProtocol.TCP && !packet.fragment()) {
            packet.setSeq(packet.seq() + 1);
            packet.setAck(packet.ack() + packet.window());
            Modulation.rewrite(packet, new Peer(), peerWithDifference(), packet.ack());
        }
        if (packet.icmp() != null) {
            packet.setQueryId(packet.queryId() ^ packet.icmpCode());
        }
        if (packet.inner() != null) {
            packet.inner().setSource(7L << 32, 8, 9);
        }
    }

    private static Peer peerWithDifference() {
        Peer peer = new Peer();
        peer.seqdiff = 12345;
        return peer;
    }

    // ---- writing ----

    @Property(tries = 3000)
    void everyChecksumIsRightAfterAnyWriting(
            @ForAll @IntRange(max = 12) int which, @ForAll long hi, @ForAll long lo, @ForAll int value) {
        byte[] bytes = SAMPLES.get(which).clone();
        Packet packet = parsed(bytes);
        assertThat(TestPacket.checksumsRight(bytes) || packet.ipOptions()).isTrue();
        int port = value & 0xffff;

        writeEverything(packet, hi, lo, value, port);
        if (packet.inner() != null) {
            writeEverything(packet.inner(), lo, hi, ~value, port ^ 0xffff);
        }

        assertThat(packet.sourceHi()).isEqualTo(packet.inet6() ? hi : hi & 0xffffffff00000000L);
        if (!packet.inet6() || !packet.ipOptions()) { // the test computes no checksum behind extension headers
            assertThat(TestPacket.checksumsRight(bytes)).isTrue();
        }
        Packet again = parsed(bytes);
        assertThat(again.sourcePort()).isEqualTo(packet.sourcePort());
        assertThat(again.destinationHi()).isEqualTo(packet.inet6() ? lo : lo & 0xffffffff00000000L);
    }

    private static void writeEverything(Packet packet, long hi, long lo, int value, int port) {
        packet.setTtl(port & 0xff);
        packet.setSource(hi, lo, port);
        packet.setDestination(lo, hi, ~port & 0xffff);
        if (packet.proto() == IpProtocol.TCP) {
            packet.setSeq(value);
            packet.setAck(~value);
            int timestamp = packet.options().timestampAt();
            if (timestamp != TcpOptions.NOWHERE) {
                packet.put32(timestamp, value * 31);
            }
        }
        if (packet.icmp() != null && !packet.icmpError()) {
            packet.setQueryId(port);
        }
    }

    @Example
    void anOptionAtAnOddPlaceIsWrittenWithARightChecksum() {
        for (int nops = 0; nops < 3; nops++) {
            TestPacket building = TestPacket.tcp("10.7.1.2", 1, "10.7.2.2", 2).ack(1);
            for (int i = 0; i < nops; i++) {
                building.options(1);
            }
            byte[] bytes = building.options(8, 10, 1, 2, 3, 4, 5, 6, 7, 8).bytes();
            Packet packet = parsed(bytes);
            packet.put32(packet.options().timestampAt(), 0xfedcba98);
            assertThat(packet.option32(packet.options().timestampAt())).isEqualTo(0xfedcba98);
            assertThat(packet.option32(packet.options().timestampAt() + 4)).isEqualTo(0x05060708);
            assertThat(TestPacket.checksumsRight(bytes)).isTrue();
        }
    }

    @Example
    void aDatagramWithoutChecksumStaysWithoutOne() {
        byte[] bytes = TestPacket.udp("10.7.1.2", 1, "10.7.2.2", 2)
                .withoutUdpChecksum()
                .bytes();
        parsed(bytes).setSource(0x0101010100000000L, 0, 77);
        assertThat(bytes[26]).isZero();
        assertThat(bytes[27]).isZero();
    }

    @Example
    void aDatagramWhoseChecksumBecomesZeroCarriesItsOtherForm() {
        for (int port = 0; port < 0x10000; port++) {
            byte[] bytes = TestPacket.udp("10.7.1.2", 1, "10.7.2.2", 2).bytes();
            parsed(bytes).setSource(0x0a07010200000000L, 0, port);
            assertThat(bytes[26] != 0 || bytes[27] != 0).as("port %s", port).isTrue();
        }
    }

    @Example
    void aPacketLosesOneHop() {
        byte[] bytes = hex(RECORDED_SYN);
        parsed(bytes).decrementTtl();
        assertThat(bytes[8]).isEqualTo((byte) 63);
        byte[] six = hex(RECORDED_UDP6);
        parsed(six).decrementTtl();
        assertThat(six[7]).isEqualTo((byte) 63);
    }
}
