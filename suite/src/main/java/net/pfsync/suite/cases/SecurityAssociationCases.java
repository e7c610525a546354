package net.pfsync.suite.cases;

import static net.pfsync.suite.probe.Messages.insert;
import static net.pfsync.suite.probe.Messages.tdb;

import java.time.Duration;
import java.util.Optional;
import net.pfsync.suite.lab.Lab;
import net.pfsync.suite.requirement.Requirement;
import net.pfsync.suite.state.SecurityAssociation;
import net.pfsync.suite.state.StateId;
import net.pfsync.wire.Counter;

/** TDB: the counters of IPsec security associations. */
final class SecurityAssociationCases {

    private static final int ESP = 50;
    private static final int SPI = 0x1000;
    private static final int OUTBOUND_LEAD = 16_384;
    private static final SecurityAssociation TUNNEL = new SecurityAssociation(SPI, "203.0.113.9", ESP, 1000, 64_000);

    @Requirement("PFSYNC-TDB-01")
    void refusesAReservedSpi(Lab lab) {
        for (int spi : new int[] {0, 1, 255}) {
            lab.probe().send(tdb(new SecurityAssociation(spi, "203.0.113.9", ESP, 1, 1)));
        }
        lab.probe().send(tdb(new SecurityAssociation(256, "203.0.113.9", ESP, 1, 1)));

        lab.probe().expectNothing();
        lab.target().statistics().raisedOnly(Counter.BADSTATE, 3);
    }

    @Requirement("PFSYNC-TDB-02")
    void refusesAForeignAddressFamily(Lab lab) {
        byte[] address = new byte[28];
        address[0] = 16;
        address[1] = 99;

        lab.probe().send(tdb(TUNNEL).with("dst", address));

        lab.probe().expectNothing();
        lab.target().statistics().raisedOnly(Counter.BADSTATE, 1);
    }

    @Requirement("PFSYNC-TDB-03")
    void ignoresAnAssociationThatItDoesNotHave(Lab lab) {
        lab.probe().send(tdb(TUNNEL));

        lab.probe().expectNothing();
        lab.target().statistics().raised(Counter.IPACKETS, 1);
        lab.target().statistics().unchanged();
    }

    @Requirement("PFSYNC-TDB-04")
    void raisesBothCounters(Lab lab) {
        SecurityAssociation further = TUNNEL.withCounters(1200, 80_000);
        lab.target().setSecurityAssociation(TUNNEL);

        lab.probe().send(tdb(further));

        lab.probe().expectNothing();
        lab.target().statistics().unchanged();
        lab.equal("association", Optional.of(further), lab.target().securityAssociation(SPI));
    }

    @Requirement("PFSYNC-TDB-05")
    void setsNoCounterBack(Lab lab) {
        lab.target().setSecurityAssociation(TUNNEL);

        lab.probe().send(tdb(TUNNEL.withCounters(999, 90_000)));
        lab.probe().send(tdb(TUNNEL.withCounters(2000, 63_999)));

        lab.probe().expectNothing();
        lab.equal("association", Optional.of(TUNNEL), lab.target().securityAssociation(SPI));
        lab.control("higher counters are taken", () -> {
            lab.probe().send(tdb(TUNNEL.withCounters(1001, 64_001)));
            lab.equal(
                    "association",
                    Optional.of(TUNNEL.withCounters(1001, 64_001)),
                    lab.target().securityAssociation(SPI));
        });
    }

    @Requirement("PFSYNC-TDB-06")
    void countsCountersThatGoBack(Lab lab) {
        lab.target().setSecurityAssociation(TUNNEL);

        lab.probe().send(tdb(TUNNEL.withCounters(999, 90_000)));
        lab.probe().send(tdb(TUNNEL.withCounters(2000, 63_999)));
        lab.probe().send(tdb(TUNNEL));

        lab.probe().expectNothing();
        lab.target().statistics().raisedOnly(Counter.BADSTATE, 2);
    }

    @Requirement("PFSYNC-TDB-07")
    void announcesAnAssociationThatIsUsedOnceInAFrame(Lab lab) {
        lab.target().setSecurityAssociation(TUNNEL);
        StateId state = lab.target().addState(lab.states().tcp());

        lab.target().useSecurityAssociation(TUNNEL.withCounters(1001, 65_000), false);
        lab.target().useSecurityAssociation(TUNNEL.withCounters(1002, 66_000), false);
        lab.target().useSecurityAssociation(TUNNEL.withCounters(1003, 67_000), false);

        lab.probe()
                .expectFrame(insert(state), tdb(TUNNEL.withCounters(1003, 67_000)))
                .afterOneSecond();
        lab.probe().expectSilence(Duration.ofSeconds(3));
    }

    @Requirement("PFSYNC-TDB-08")
    void announcesAnAssociationThatIsUsedAlone(Lab lab) {
        lab.target().setSecurityAssociation(TUNNEL);

        lab.target().useSecurityAssociation(TUNNEL.withCounters(1001, 65_000), false);

        lab.probe().expectFrame(tdb(TUNNEL.withCounters(1001, 65_000))).afterOneSecond();
    }

    @Requirement("PFSYNC-TDB-09")
    void announcesOutboundCountersAhead(Lab lab) {
        lab.target().setSecurityAssociation(TUNNEL);
        StateId state = lab.target().addState(lab.states().tcp());

        lab.target().useSecurityAssociation(TUNNEL.withCounters(1001, 65_000), true);

        lab.probe()
                .expectFrame(insert(state), tdb(TUNNEL.withCounters(1001 + OUTBOUND_LEAD, 65_000)))
                .afterOneSecond();
        lab.equal(
                "association",
                Optional.of(TUNNEL.withCounters(1001, 65_000)),
                lab.target().securityAssociation(SPI));
    }
}
