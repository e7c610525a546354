package net.pfsync.suite.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import net.pfsync.suite.probe.MessageSpec;
import net.pfsync.suite.probe.Messages;
import net.pfsync.suite.state.Endpoint;
import net.pfsync.suite.state.SecurityAssociation;
import net.pfsync.suite.state.StateId;
import net.pfsync.suite.state.StateSpec;
import net.pfsync.suite.verdict.CannotTell;
import net.pfsync.wire.Dialect;
import net.pfsync.wire.FrameBuilder;
import net.pfsync.wire.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameGuardTest {

    private static final StateId OWN = new StateId(0x7e57_0000_0000_0007L, 0x7e570001);
    private static final StateId FOREIGN = new StateId(0x7e57_0000_0000_0007L, 0xdeadbeef);
    private static final StateId NOBODYS = new StateId(0x4a1b_2c3d_0000_0007L, 0);

    private Dialect dialect = Dialect.of("v6-7.4");

    private FrameBuilder frame(MessageSpec... messages) {
        FrameBuilder frame = FrameBuilder.of(dialect).source("10.9.0.9");
        for (MessageSpec message : messages) {
            frame.add(new Message[] {message.in(dialect)});
        }
        return frame;
    }

    private static StateSpec state(StateId id, String from, String to) {
        return StateSpec.udp(id, new Endpoint(from, 1000), new Endpoint(to, 53));
    }

    private void passes(MessageSpec... messages) {
        assertThatCode(() ->
                        new FrameGuard(List.of(dialect)).check(frame(messages).build()))
                .doesNotThrowAnyException();
    }

    private void refuses(String what, FrameBuilder frame) {
        byte[] packet = frame.build();
        assertThatThrownBy(() -> new FrameGuard(List.of(dialect)).check(packet))
                .isInstanceOf(CannotTell.class)
                .hasMessage("mode safe does not send " + what + ", which is not the suite's own; mode full does");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v4", "v5-4.6", "v6-7.4", "fbsd-1400", "fbsd-1500"})
    void ownStatesPassInEveryDialect(String name) {
        dialect = Dialect.of(name);
        passes(Messages.insert(state(OWN, "198.51.100.1", "203.0.113.9")));
        passes(Messages.update(state(OWN, "192.0.2.1", "203.0.113.9")));
        passes(Messages.update(state(OWN, "2001:db8::", "2001:db8:ffff::1")));
        passes(Messages.updateCompressed(OWN));
        passes(Messages.updateRequest(OWN));
        passes(Messages.bulkRequest());
        passes(Messages.deleteCompressed(OWN));
        passes(Messages.deleteCompressed(new StateId(OWN.id(), 0)));
        passes(Messages.clear(0x7e570001));
        passes(Messages.bulkStart(0x7e570001));
        passes(Messages.bulkEnd(0x7e570005));
    }

    @ParameterizedTest
    @ValueSource(strings = {"v4", "v5-4.6", "v6-7.4", "fbsd-1400", "fbsd-1500"})
    void foreignStatesAreRefusedInEveryDialect(String name) {
        dialect = Dialect.of(name);
        String foreign = " of the state " + FOREIGN;
        refuses("INS" + foreign, frame(Messages.insert(state(FOREIGN, "198.51.100.1", "203.0.113.9"))));
        refuses("UPD" + foreign, frame(Messages.update(state(FOREIGN, "198.51.100.1", "203.0.113.9"))));
        refuses("INS of the address 10.1.2.3", frame(Messages.insert(state(OWN, "10.1.2.3", "203.0.113.9"))));
        refuses("INS of the address fd00::1", frame(Messages.insert(state(OWN, "2001:db8::1", "fd00::1"))));
        refuses("UPD_C" + foreign, frame(Messages.updateCompressed(FOREIGN)));
        refuses("UPD_REQ" + foreign, frame(Messages.updateRequest(FOREIGN)));
        refuses("DEL_C" + foreign, frame(Messages.deleteCompressed(FOREIGN)));
        refuses("DEL_C of the state " + NOBODYS, frame(Messages.deleteCompressed(NOBODYS)));
        refuses("CLR of the creator deadbeef", frame(Messages.clear(0xdeadbeef)));
        refuses("CLR of the creator 00000000", frame(Messages.clear(0)));
        refuses("BUS of the creator deadbeef", frame(Messages.bulkEnd(0xdeadbeef)));
    }

    @Test
    void acknowledgementsAndSecurityAssociationsAreJudgedToo() {
        passes(Messages.insertAck(OWN), Messages.tdb(new SecurityAssociation(256, "203.0.113.9", 50, 1, 1)));
        refuses("INS_ACK of the state " + FOREIGN, frame(Messages.insertAck(FOREIGN)));
        refuses(
                "TDB of the security association of 10.0.0.1",
                frame(Messages.tdb(new SecurityAssociation(256, "10.0.0.1", 50, 1, 1))));
    }

    @Test
    void oneForeignMessageAmongOwnOnesIsEnough() {
        refuses(
                "CLR of the creator deadbeef",
                frame(Messages.insert(state(OWN, "198.51.100.1", "203.0.113.9")), Messages.clear(0xdeadbeef)));
    }

    /** A receiver that looks at nothing must not be harmed either. */
    @Test
    void aFrameThatEverybodyDropsIsJudgedAllTheSame() {
        MessageSpec clear = Messages.clear(0xdeadbeef);
        String refused = "CLR of the creator deadbeef";
        refuses(refused, frame(clear).ttl(1));
        refuses(refused, frame(clear).version(99));
        refuses(refused, frame(clear).len(4));
        refuses(refused, frame(clear).destination("10.0.0.1"));
    }

    /** A state of version 6 with the version byte of 5 names somebody else's states to whoever reads it as version 5. */
    @Test
    void whatAnotherFirewallOnTheLanWouldReadIsJudgedToo() {
        MessageSpec state = Messages.insert(state(OWN, "198.51.100.1", "203.0.113.9"));
        byte[] five = frame(state, state).version(5).build();
        FrameGuard mixed = new FrameGuard(List.of(dialect, Dialect.of("v5-4.6")));

        assertThatCode(() -> new FrameGuard(List.of(dialect)).check(five)).doesNotThrowAnyException();
        assertThatThrownBy(() -> mixed.check(five))
                .isInstanceOf(CannotTell.class)
                .hasMessageContaining("not the suite's own");
        assertThatCode(() -> mixed.check(frame(state, state).build())).doesNotThrowAnyException();
    }

    /** What is asked of every firewall between cases. */
    @Test
    void aRequestForAllStatesPassesInEachVersionOfTheLan() {
        Dialect other = Dialect.of("v5-4.6");
        byte[] request = FrameBuilder.of(other)
                .source("10.9.0.9")
                .add(Messages.bulkRequest().in(other))
                .build();

        assertThatCode(() -> new FrameGuard(List.of(dialect, other)).check(request))
                .doesNotThrowAnyException();
    }

    @Test
    void anyBytesAreJudgedWithoutAFault() {
        Random random = new Random(240);
        byte[] sound = frame(Messages.insert(state(OWN, "198.51.100.1", "203.0.113.9")))
                .build();
        for (int round = 0; round < 20_000; round++) {
            byte[] packet = sound.clone();
            for (int change = random.nextInt(8); change >= 0; change--) {
                packet[random.nextInt(packet.length)] = (byte) random.nextInt();
            }
            byte[] cut = java.util.Arrays.copyOf(packet, random.nextInt(packet.length + 1));
            for (byte[] hostile : List.of(packet, cut)) {
                try {
                    new FrameGuard(List.of(dialect)).check(hostile);
                } catch (CannotTell refused) {
                    assertThat(refused).hasMessageContaining("not the suite's own");
                }
            }
        }
    }
}
