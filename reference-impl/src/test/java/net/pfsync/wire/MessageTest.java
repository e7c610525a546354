package net.pfsync.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is set by name is read by method, in every dialect, and the fast writer writes the same bytes. */
class MessageTest {
    static List<String> names() {
        return Dialect.names();
    }

    static List<String> withKeys() {
        return Dialect.names().stream().filter(name -> !name.equals("v3")).toList();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyFieldThatIsSetByItsNameIsReadByItsMethod(String name) {
        Dialect dialect = Dialect.of(name);
        Layout layout = dialect.layout(Kind.INS);
        StateMessage state = (StateMessage) numbered(layout);
        assertThat(state.id()).isEqualTo(read(layout, "id"));
        assertThat(state.creatorId()).isEqualTo((int) read(layout, "creatorid"));
        assertThat(state.src().seqlo()).isEqualTo((int) read(layout, "src.seqlo"));
        assertThat(state.src().seqhi()).isEqualTo((int) read(layout, "src.seqhi"));
        assertThat(state.src().seqdiff()).isEqualTo((int) read(layout, "src.seqdiff"));
        assertThat(state.dst().maxWin()).isEqualTo((int) read(layout, "dst.max_win"));
        assertThat(state.dst().mss()).isEqualTo((int) read(layout, "dst.mss"));
        assertThat(state.dst().state()).isEqualTo((int) read(layout, "dst.state"));
        assertThat(state.dst().wscale()).isEqualTo((int) read(layout, "dst.wscale"));
        assertThat(state.dst().pfssFlags()).isEqualTo((int) read(layout, "dst.scrub.pfss_flags"));
        assertThat(state.dst().pfssTtl()).isEqualTo((int) read(layout, "dst.scrub.pfss_ttl"));
        assertThat(state.dst().scrubFlag()).isEqualTo((int) read(layout, "dst.scrub.scrub_flag"));
        assertThat(state.dst().pfssTsMod()).isEqualTo((int) read(layout, "dst.scrub.pfss_ts_mod"));
        int gateway = layout.field("rt_addr").offset();
        assertThat(state.rtAddrHi()).isEqualTo(number(gateway, 8));
        assertThat(state.rtAddrLo()).isEqualTo(number(gateway + 8, 8));
        assertThat(state.rtAddr()).startsWith(gateway).endsWith(gateway + 15).hasSize(16);
        assertThat(state.rule()).isEqualTo((int) read(layout, "rule"));
        assertThat(state.anchor()).isEqualTo((int) read(layout, "anchor"));
        assertThat(state.natRule()).isEqualTo((int) read(layout, "nat_rule"));
        assertThat(state.creation()).isEqualTo(read(layout, "creation"));
        assertThat(state.expire()).isEqualTo(read(layout, "expire"));
        assertThat(state.packets(1)).isEqualTo(read(layout, "packets[1]"));
        assertThat(state.bytes(0)).isEqualTo(read(layout, "bytes[0]"));
        assertThat(state.direction()).isEqualTo((int) read(layout, "direction"));
        assertThat(state.log()).isEqualTo((int) read(layout, "log"));
        assertThat(state.timeout()).isEqualTo((int) read(layout, "timeout"));
        assertThat(state.syncFlags()).isEqualTo(orElse(layout, "sync_flags", 0));
        assertThat(state.updates()).isEqualTo(orElse(layout, "updates", 0));
        assertThat(state.maxMss()).isEqualTo(orElse(layout, "max_mss", 0));
        assertThat(state.minTtl()).isEqualTo(orElse(layout, "min_ttl", 0));
        assertThat(state.setTos()).isEqualTo(orElse(layout, "set_tos", 0));
        assertThat(state.setPrio(1)).isEqualTo(orElse(layout, "set_prio[1]", -1));
        assertThat(state.rt()).isEqualTo(orElse(layout, "rt", 0));
        assertThat(state.rdomain(1)).isEqualTo(orElse(layout, "key[1].rdomain", 0));
    }

    @ParameterizedTest
    @MethodSource("withKeys")
    void theKeysAreReadByKeyAndSide(String name) {
        Layout layout = Dialect.of(name).layout(Kind.UPD);
        StateMessage state = (StateMessage) numbered(layout);
        for (int key = 0; key < 2; key++) {
            for (int side = 0; side < 2; side++) {
                String field = "key[" + key + "].addr[" + side + "]";
                int at = layout.field(field).offset();
                assertThat(state.addrHi(key, side)).as(field).isEqualTo(number(at, 8));
                assertThat(state.addrLo(key, side)).as(field).isEqualTo(number(at + 8, 8));
                assertThat(state.port(key, side)).isEqualTo((int) read(layout, "key[" + key + "].port[" + side + "]"));
            }
        }
    }

    @Test
    void theHostsOfV3TakeThePlacesOfTheKeys() {
        StateMessage state = (StateMessage) MessageBuilder.of(Dialect.of("v3"), Kind.INS)
                .set("lan.addr", "10.1.2.3")
                .set("lan.port", 40000)
                .set("gwy.addr", "203.0.113.5")
                .set("gwy.port", 51234)
                .set("ext.addr", "198.51.100.9")
                .set("ext.port", 443)
                .build();
        assertThat(state.addrHi(StateMessage.WIRE, 1) >>> 32).isEqualTo(0xcb007105L);
        assertThat(state.addrHi(StateMessage.STACK, 1) >>> 32).isEqualTo(0x0a010203L);
        assertThat(state.addrHi(StateMessage.WIRE, 0) >>> 32).isEqualTo(0xc6336409L);
        assertThat(state.port(StateMessage.WIRE, 1)).isEqualTo(51234);
        assertThat(state.port(StateMessage.STACK, 0)).isEqualTo(443);
    }

    @Test
    void theFlagsOf50AreTheSixteenBits() {
        StateMessage state = (StateMessage) MessageBuilder.of(Dialect.of("v6-5.0"), Kind.INS)
                .set("state_flags", 0xff)
                .set("all_state_flags", 0x0110)
                .build();
        assertThat(state.stateFlags()).isEqualTo(0x0110);
    }

    @Test
    void freeBsd15HasFamilyAndProtocolPerKey() {
        StateMessage state = (StateMessage) MessageBuilder.of(Dialect.of("fbsd-1500"), Kind.INS)
                .set("wire_af", 28)
                .set("stack_af", 2)
                .set("wire_proto", 17)
                .set("rtableid", -1)
                .build();
        assertThat(state.af()).isEqualTo(28);
        assertThat(state.keyAf(StateMessage.WIRE)).isEqualTo(28);
        assertThat(state.keyAf(StateMessage.STACK)).isEqualTo(2);
        assertThat(state.proto()).isEqualTo(17);
        assertThat(state.rtableid(0)).isEqualTo(-1);
        assertThat(state.rtableid(1)).isEqualTo(-1);
    }

    @ParameterizedTest
    @MethodSource("withKeys")
    void theWriterWritesWhatTheBuilderSets(String name) {
        Dialect dialect = Dialect.of(name);
        Layout layout = dialect.layout(Kind.INS);
        byte[] buffer = new byte[layout.size() + 8];
        Arrays.fill(buffer, (byte) 0xee);
        write(new StateWriter(layout).wrap(buffer, 4));
        assertThat(layout.message(buffer, 4)).isEqualTo(built(layout));
        assertThat(buffer).startsWith(0xee, 0xee, 0xee, 0xee).endsWith(0xee, 0xee, 0xee, 0xee);
    }

    @Test
    void aStateWithoutKeysCannotBeWritten() {
        assertThatThrownBy(() -> new StateWriter(Dialect.of("v3").layout(Kind.INS)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new StateWriter(Dialect.of("v6-7.4").layout(Kind.UPD_C)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @MethodSource("names")
    void aCompressedUpdateIsReadByItsMethods(String name) {
        Layout layout = Dialect.of(name).layout(Kind.UPD_C);
        UpdateCompressed update = (UpdateCompressed) numbered(layout);
        assertThat(update.id()).isEqualTo(read(layout, "id"));
        assertThat(update.src().state()).isEqualTo((int) read(layout, "src.state"));
        assertThat(update.dst().seqlo()).isEqualTo((int) read(layout, "dst.seqlo"));
        assertThat(update.timeout()).isEqualTo((int) read(layout, "timeout"));
        assertThat(update.stateFlags()).isEqualTo(orElse(layout, "state_flags", 0));
    }

    @Test
    void theNameOfAnInterfaceIsCutTo15() {
        Layout layout = Dialect.of("v6-7.4").layout(Kind.INS);
        byte[] buffer = new byte[layout.size()];
        new StateWriter(layout).wrap(buffer, 0).ifname("abcdefghijklmnopqrst");
        StateMessage state = (StateMessage) layout.message(buffer, 0);
        assertThat(state.ifname()).isEqualTo("abcdefghijklmno");
        StateMessage unterminated = (StateMessage)
                MessageBuilder.of(layout).set("ifname", "abcdefghijklmnop").build();
        assertThat(unterminated.ifname()).isEqualTo("abcdefghijklmno");
        assertThat(unterminated.ifnameBytes()).isEqualTo("abcdefghijklmnop".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void theSmallMessagesAreReadByTheirMethods() {
        Dialect dialect = Dialect.of("v6-7.4");
        Clear clear = (Clear) MessageBuilder.of(dialect, Kind.CLR)
                .set("ifname", "em0")
                .set("creatorid", 0xdeadbeef)
                .build();
        assertThat(clear.ifname()).isEqualTo("em0");
        assertThat(clear.creatorId()).isEqualTo(0xdeadbeef);
        BulkStatus bus = (BulkStatus) MessageBuilder.of(dialect, Kind.BUS)
                .set("endtime", 0xffff_ffffL)
                .set("status", BulkStatus.END)
                .set("creatorid", "0badcafe")
                .build();
        assertThat(bus.endtime()).isEqualTo(0xffff_ffffL);
        assertThat(bus.status()).isEqualTo(2);
        assertThat(bus.creatorId()).isEqualTo(0x0badcafe);
        UpdateCompressed update = (UpdateCompressed) MessageBuilder.of(dialect, Kind.UPD_C)
                .set("id", -1L)
                .set("creatorid", 0x0102_0304)
                .set("timeout", 19)
                .set("dst.state", 4)
                .set("expire", 7)
                .build();
        assertThat(update.id()).isEqualTo(-1L);
        assertThat(update.timeout()).isEqualTo(19);
        assertThat(update.dst().state()).isEqualTo(4);
        assertThat(update.expire()).isEqualTo(7);
        assertThat(update.creatorId()).isEqualTo(0x0102_0304);
        UpdateRequest request =
                (UpdateRequest) MessageBuilder.of(dialect, Kind.UPD_REQ).build();
        assertThat(request.asksForAll()).isTrue();
        assertThat(((UpdateRequest) MessageBuilder.from(request).set("id", 1).build()).asksForAll())
                .isFalse();
        assertThat(((UpdateRequest)
                                MessageBuilder.from(request).set("creatorid", 1).build())
                        .asksForAll())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"v4", "v5draft", "v6-4.8", "v6-5.2", "fbsd-1500"})
    void aTdbIsReadByItsMethods(String name) {
        Dialect dialect = Dialect.of(name);
        TdbUpdate tdb = (TdbUpdate) MessageBuilder.of(dialect, Kind.TDB)
                .set("spi", "00001001")
                .set("dst", "2001:db8::99")
                .set("rpl", 0xffff_fff0L)
                .set("cur_bytes", Long.MAX_VALUE)
                .set("sproto", 51)
                .build();
        assertThat(tdb.spi()).isEqualTo(0x1001);
        assertThat(tdb.family()).isEqualTo(dialect.inet6());
        assertThat(tdb.address()).hasSize(16).startsWith(0x20, 0x01).endsWith(0x99);
        assertThat(tdb.rpl()).isEqualTo(0xffff_fff0L);
        assertThat(tdb.curBytes()).isEqualTo(Long.MAX_VALUE);
        assertThat(tdb.sproto()).isEqualTo(51);
        Layout layout = dialect.layout(Kind.TDB);
        assertThat(((TdbUpdate) numbered(layout)).rdomain()).isEqualTo(orElse(layout, "rdomain", 0));
        assertThat(MessageBuilder.from(tdb).set("dst", "192.0.2.99").build().toString())
                .contains("dst=192.0.2.99");
    }

    @Test
    void messagesAreEqualIfTheirBytesAre() {
        Dialect dialect = Dialect.of("v5-4.6");
        Message one = MessageBuilder.of(dialect, Kind.DEL_C).set("id", 1).build();
        byte[] elsewhere = new byte[40];
        one.copyTo(elsewhere, 7);
        assertThat(one.layout().message(elsewhere, 7)).isEqualTo(one).hasSameHashCodeAs(one);
        assertThat(one)
                .isNotEqualTo(
                        MessageBuilder.of(dialect, Kind.UPD_REQ).set("id", 1).build());
        assertThat(one).isNotEqualTo(MessageBuilder.from(one).set("id", 2).build());
        assertThat(one).hasToString("DEL_C id=0000000000000001 creatorid=00000000");
    }

    @Test
    void aMistakeInABuilderSaysWhatWouldBeRight() {
        MessageBuilder builder = MessageBuilder.of(Dialect.of("v6-7.4"), Kind.INS);
        assertThatThrownBy(() -> builder.set("src.seqlow", 1))
                .hasMessageStartingWith("no such field of INS: 'src.seqlow'; near: src.seqlo");
        assertThatThrownBy(() -> builder.set("timeout", 256))
                .hasMessageContaining("timeout: 256 does not fit into 8 bits");
        assertThatThrownBy(() -> builder.set("timeout", "x")).hasMessageContaining("not a number: 'x'");
        assertThatThrownBy(() -> builder.set("ifname", "abcdefghijklmnopq"))
                .hasMessageContaining("17 bytes do not fit into 16");
        assertThatThrownBy(() -> builder.set("rt_addr", "192.0.2"))
                .hasMessageContaining("not an IP address: '192.0.2'");
        assertThatThrownBy(() -> builder.set("id", new byte[7])).hasMessageContaining("7 bytes for a field of 8");
        assertThatThrownBy(() -> builder.set("id", "xyz")).hasMessageContaining("hex as on the wire");
    }

    @Test
    void aNumberMayBeNegativeForTheUpperHalfOfItsRange() {
        MessageBuilder builder = MessageBuilder.of(Dialect.of("v6-7.4"), Kind.INS);
        StateMessage state = (StateMessage) builder.set("rule", -1)
                .set("anchor", 0xffff_ffffL)
                .set("nat_rule", "0xffffffff")
                .set("max_mss", -1)
                .build();
        assertThat(state.rule()).isEqualTo(-1);
        assertThat(state.anchor()).isEqualTo(-1);
        assertThat(state.natRule()).isEqualTo(-1);
        assertThat(state.maxMss()).isEqualTo(65535);
        assertThatThrownBy(() -> builder.set("timeout", -129)).isInstanceOf(IllegalArgumentException.class);
    }

    /** A message whose every byte is its index. */
    private static Message numbered(Layout layout) {
        byte[] bytes = new byte[layout.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        return layout.message(bytes, 0);
    }

    /** What a field of {@link #numbered} must read as. */
    private static long read(Layout layout, String field) {
        return number(layout.field(field).offset(), layout.field(field).size());
    }

    private static long number(int at, int size) {
        long value = 0;
        for (int i = at; i < at + size; i++) {
            value = value << 8 | (i & 0xff);
        }
        return value;
    }

    private static int orElse(Layout layout, String field, int otherwise) {
        return layout.offset(field) < 0 ? otherwise : (int) read(layout, field);
    }

    private static void write(StateWriter writer) {
        writer.id(0x4a1b2c3d00000007L, 0xdeadbeef)
                .ifname("em0")
                .side(0, 0, 0xc6336409_00000000L, 0, 443)
                .side(0, 1, 0xcb007105_00000000L, 0, 51234)
                .side(1, 0, 0xc6336409_00000000L, 0, 443)
                .side(1, 1, 0x0a010203_00000000L, 0, 40000)
                .key(0, 3, 2)
                .key(1, 4, 2);
        writer.src()
                .scrub(1, 64, 16909060)
                .seqlo(-1582119980)
                .seqhi(-1582054444)
                .seqdiff(4096);
        writer.src().maxWin(65535).mss(1460).state(4).wscale(135);
        writer.dst().seqlo(270544960).state(4);
        writer.rtAddr(0xc00002fe_00000000L, 0)
                .rules(4, -1, -1)
                .times(37, 86363)
                .traffic(0, 12, 4294967587L)
                .traffic(1, 9, 4567)
                .what(2, 6, 2)
                .log(1)
                .stateFlags(0x11)
                .timeout(2)
                .syncFlags(4)
                .updates(3)
                .rtableids(-1, 7)
                .scrub(1400, 63, 8)
                .setPrio(3, 5)
                .rt(1);
    }

    private static Message built(Layout layout) {
        Fields fields = new Fields(layout);
        fields.set("id", 0x4a1b2c3d00000007L).set("creatorid", 0xdeadbeef).set("ifname", "em0");
        fields.set("key[0].addr[0]", "198.51.100.9").set("key[0].port[0]", 443);
        fields.set("key[0].addr[1]", "203.0.113.5").set("key[0].port[1]", 51234);
        fields.set("key[1].addr[0]", "198.51.100.9").set("key[1].port[0]", 443);
        fields.set("key[1].addr[1]", "10.1.2.3").set("key[1].port[1]", 40000);
        fields.set("key[0].rdomain", 3)
                .set("key[1].rdomain", 4)
                .set("key[0].af", 2)
                .set("key[1].af", 2);
        fields.set("src.scrub.pfss_flags", 1).set("src.scrub.pfss_ttl", 64).set("src.scrub.scrub_flag", 1);
        fields.set("src.scrub.pfss_ts_mod", 16909060)
                .set("src.seqlo", 2712847316L)
                .set("src.seqhi", 2712912852L);
        fields.set("src.seqdiff", 4096)
                .set("src.max_win", 65535)
                .set("src.mss", 1460)
                .set("src.state", 4);
        fields.set("src.wscale", 135).set("dst.seqlo", 270544960).set("dst.state", 4);
        fields.set("rt_addr", "192.0.2.254").set("rule", 4).set("anchor", -1).set("nat_rule", -1);
        fields.set("creation", 37).set("expire", 86363).set("packets[0]", 12).set("packets[1]", 9);
        fields.set("bytes[0]", 4294967587L)
                .set("bytes[1]", 4567)
                .set("af", 2)
                .set("proto", 6)
                .set("direction", 2);
        fields.set("wire_af", 2).set("stack_af", 2).set("wire_proto", 6).set("stack_proto", 6);
        fields.set("log", 1)
                .set("state_flags", 0x11)
                .set("all_state_flags", 0x11)
                .set("timeout", 2);
        fields.set("sync_flags", 4).set("updates", 3).set("rtableid", -1).set("rtableid[0]", -1);
        fields.set("rtableid[1]", 7).set("max_mss", 1400).set("min_ttl", 63).set("set_tos", 8);
        fields.set("set_prio[0]", 3).set("set_prio[1]", 5).set("rt", 1);
        return fields.builder.build();
    }

    /** Sets the fields that the layout has. */
    private static final class Fields {
        private final Layout layout;
        private final MessageBuilder builder;

        Fields(Layout layout) {
            this.layout = layout;
            this.builder = MessageBuilder.of(layout);
        }

        Fields set(String field, Object value) {
            if (layout.offset(field) >= 0) {
                builder.set(field, value);
            }
            return this;
        }
    }
}
