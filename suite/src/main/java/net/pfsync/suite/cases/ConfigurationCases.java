package net.pfsync.suite.cases;

import static net.pfsync.suite.probe.Messages.bulkEnd;
import static net.pfsync.suite.probe.Messages.bulkRequest;
import static net.pfsync.suite.probe.Messages.insert;
import static net.pfsync.suite.probe.Messages.insertAck;
import static net.pfsync.suite.probe.Messages.update;
import static net.pfsync.suite.probe.Messages.updateCompressed;
import static net.pfsync.suite.probe.Messages.updateRequest;

import java.time.Duration;
import java.util.List;
import net.pfsync.suite.lab.Lab;
import net.pfsync.suite.lab.SettingRefused;
import net.pfsync.suite.lab.TargetView;
import net.pfsync.suite.probe.HeardFrame;
import net.pfsync.suite.probe.MessageSpec;
import net.pfsync.suite.requirement.Requirement;
import net.pfsync.suite.state.StateFlag;
import net.pfsync.suite.state.StateId;
import net.pfsync.suite.state.StateSpec;
import net.pfsync.wire.IpHeader;

/** The settings of pfsync0 and of pf. */
final class ConfigurationCases {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(3);
    private static final String MULTICAST = "0.0.0.0";

    @Requirement("PFSYNC-CONF-01")
    void countsUpdatesInEightBits(Lab lab) {
        TargetView target = lab.target();
        target.setMaxupd(0);
        target.setMaxupd(255);
        target.refuses(() -> target.setMaxupd(256));
        target.refuses(() -> target.setMaxupd(-1));
        target.setMaxupd(1);
        StateSpec state = Given.announced(lab, lab.states().tcp());

        target.touch(state.id());
        target.touch(state.id());

        lab.probe().expectFrame(updateCompressed(state.id())).atOnce();
    }

    /** Sets the syncpeer in a way that every release allows. */
    private static void setSyncpeer(Lab lab, String address) {
        lab.target().down();
        lab.target().setSyncpeer(address);
        lab.target().up();
        lab.pass(LONG_ENOUGH);
        lab.probe().forget();
    }

    @Requirement("PFSYNC-CONF-02")
    void sendsToTheSyncpeerAlone(Lab lab) {
        StateId unknown = lab.freshStateId();
        setSyncpeer(lab, lab.probe().address());

        lab.probe().send(toTheTarget(lab, updateCompressed(unknown)));

        HeardFrame question = lab.probe().expect(updateRequest(unknown)).atOnce();
        lab.equal("destination", lab.probe().address(), question.frame().ip().destination());
    }

    private static byte[] toTheTarget(Lab lab, MessageSpec message) {
        return lab.probe().frame(message).destination(lab.target().address()).build();
    }

    @Requirement("PFSYNC-CONF-03")
    void sendsToTheGroupAgain(Lab lab) {
        StateId unknown = lab.freshStateId();
        setSyncpeer(lab, lab.probe().address());
        setSyncpeer(lab, MULTICAST);

        lab.probe().send(updateCompressed(unknown));

        HeardFrame question = lab.probe().expect(updateRequest(unknown)).atOnce();
        lab.equal("destination", IpHeader.GROUP, question.frame().ip().destination());
    }

    @Requirement("PFSYNC-CONF-04")
    void hearsOthersThanTheSyncpeer(Lab lab) {
        StateSpec state = lab.states().tcp();
        setSyncpeer(lab, lab.probe().address());

        lab.probe()
                .send(lab.probe()
                        .frame(insert(state.withFlags(StateFlag.ACK)))
                        .source("192.0.2.99")
                        .destination(lab.target().address()));

        HeardFrame answer = lab.probe().expect(insertAck(state.id())).atOnce();
        lab.equal("destination", lab.probe().address(), answer.frame().ip().destination());
    }

    @Requirement("PFSYNC-CONF-05")
    void takesNoPartWhileItIsDown(Lab lab) {
        StateSpec known = lab.states().tcp();
        StateSpec state = lab.states().tcp();
        Given.known(lab, known);
        lab.target().down();
        lab.probe().forget();

        lab.probe().send(insert(state.withFlags(StateFlag.ACK)), updateRequest(known.id()));
        lab.probe().send(bulkRequest());

        lab.probe().expectSilence(LONG_ENOUGH);
        lab.target().up();
        lab.target().lacks(state.id());
        Given.speaks(lab, known.id());
    }

    @Requirement("PFSYNC-CONF-06")
    void forgetsWhatWaitedWhenItGoesDown(Lab lab) {
        StateId id = lab.target().addState(lab.states().tcp());

        lab.target().down();
        lab.probe().expectSilence(Duration.ofMillis(100));
        lab.target().up();

        lab.pass(LONG_ENOUGH);
        lab.probe().expectNo(insert(id));
        Given.speaks(lab, id);
    }

    @Requirement("PFSYNC-CONF-07")
    void fillsFramesToItsOwnMtu(Lab lab) {
        List<StateSpec> states = lab.states().tcp(6);
        Given.known(lab, states.toArray(StateSpec[]::new));
        Given.quiet(lab);
        lab.target().setMtu(600);
        int before = lab.probe().heard().size();

        lab.probe().send(states.stream().map(state -> updateRequest(state.id())).toArray(MessageSpec[]::new));

        lab.pass(Duration.ofMillis(500));
        List<HeardFrame> frames =
                lab.probe().heard().subList(before, lab.probe().heard().size());
        lab.equal(
                "states in each frame",
                List.of(2, 2, 2),
                frames.stream().map(frame -> frame.messages().size()).toList());
        states.forEach(state -> lab.probe().expect(update(state)).within(Duration.ofSeconds(1)));
    }

    @Requirement("PFSYNC-CONF-08")
    void refusesAnMtuWithoutRoomForAState(Lab lab) {
        TargetView target = lab.target();
        StateSpec known = lab.states().tcp();
        Given.known(lab, known);
        int mtu = target.mtu();

        target.refuses(() -> target.setMtu(lab.dialect().minimumPacket()));
        target.refuses(() ->
                target.setMtu(lab.dialect().minimumPacket() + lab.dialect().stateSize() + 3));

        lab.equal("MTU", mtu, target.mtu());
        target.holds(known);
    }

    @Requirement("PFSYNC-CONF-09")
    void finishesATransferWithEveryMtuThatItAccepts(Lab lab) {
        StateSpec own = Given.announced(lab, lab.states().tcp());
        int least = lab.dialect().minimumPacket();
        int state = lab.dialect().stateSize();
        for (int mtu : new int[] {least + 1, least + 16, least + state, least + state + 4, least + state + 20}) {
            try {
                lab.target().setMtu(mtu);
            } catch (SettingRefused refused) {
                lab.note("refused: " + refused.getMessage());
                continue;
            }
            finishesATransfer(lab, own, mtu);
        }
        lab.target().setMtu(1500);
        lab.target().holds(own);
    }

    private static void finishesATransfer(Lab lab, StateSpec own, int mtu) {
        lab.probe().forget();
        lab.probe().send(bulkRequest());
        HeardFrame carrying = lab.probe().expect(update(own)).within(Duration.ofSeconds(1));
        lab.probe().expect(bulkEnd()).within(Duration.ofSeconds(1));
        lab.check(carrying.size() <= mtu, "a frame of at most " + mtu + " bytes", carrying.size() + " bytes");
    }

    @Requirement("PFSYNC-CONF-10")
    void keepsItsSyncDeviceWhenTheNewOneDoesNotExist(Lab lab) {
        TargetView target = lab.target();
        target.down();

        target.refuses(() -> target.setSyncdev("nosuch9"));

        target.up();
        StateId unknown = lab.freshStateId();
        lab.probe().send(updateCompressed(unknown));
        lab.probe().expect(updateRequest(unknown)).atOnce();
    }

    @Requirement("PFSYNC-CONF-11")
    void isAloneWithoutASyncDevice(Lab lab) {
        TargetView target = lab.target();
        StateSpec state = lab.states().tcp();
        String device = target.syncdev();
        target.setSyncdev("");

        StateId own = target.addState(lab.states().tcp());
        lab.probe().send(insert(state.withFlags(StateFlag.ACK)));

        lab.probe().expectSilence(LONG_ENOUGH);
        target.setSyncdev(device);
        target.lacks(state.id());
        Given.speaks(lab, own);
    }

    @Requirement("PFSYNC-CONF-12")
    void isNotChangedWhileItIsUp(Lab lab) {
        TargetView target = lab.target();
        StateSpec known = lab.states().tcp();
        Given.known(lab, known);

        target.refuses(() -> target.setSyncdev(""));
        target.refuses(() -> target.setSyncpeer(lab.probe().address()));

        target.holds(known);
        lab.control(
                "it can be changed while it is down",
                () -> setSyncpeer(lab, lab.probe().address()));
    }

    @Requirement("PFSYNC-CONF-13")
    void asksForAllStatesWhenItsSyncDeviceIsSet(Lab lab) {
        lab.target().setSyncdev(lab.target().syncdev());

        lab.probe().expectFrame(bulkRequest()).atOnce();
        lab.target().isDemoted();
    }

    @Requirement("PFSYNC-CONF-14")
    void takesNothingWhilePfIsDisabled(Lab lab) {
        StateSpec known = lab.states().tcp();
        StateSpec state = lab.states().tcp();
        Given.known(lab, known);
        Given.quiet(lab);
        lab.target().setPfEnabled(false);

        lab.probe().send(insert(state.withFlags(StateFlag.ACK)), updateRequest(known.id()));

        lab.probe().expectSilence(LONG_ENOUGH);
        lab.target().setPfEnabled(true);
        lab.target().lacks(state.id());
        lab.target().holds(known);
    }

    @Requirement("PFSYNC-CONF-15")
    void sendsWhatWaitsBeforeFramesBecomeShorter(Lab lab) {
        StateId id = lab.target().addState(lab.states().tcp());
        lab.pass(Duration.ofMillis(300));

        lab.target().setMtu(1000);

        lab.probe().expectFrame(insert(id)).atOnce();
    }

    @Requirement("PFSYNC-CONF-18")
    void refusesAnMtuAboveThatOfTheSyncDevice(Lab lab) {
        TargetView target = lab.target();
        int mtu = target.mtu();

        target.refuses(() -> target.setMtu(mtu + 1));
        target.refuses(() -> target.setMtu(9000));

        lab.equal("MTU", mtu, target.mtu());
        Given.known(lab, lab.states().tcp());
    }
}
