package net.pfsync.suite.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StepParserTest {

    @Test
    void severalCommandsAndParametersBecomeStepsInOrder() {
        assertThat(steps("ifconfig pfsync0 create; ifconfig pfsync0 syncdev vio0 maxupd 3 -defer up"))
                .containsExactly(
                        new Step.Create(),
                        new Step.Syncdev("vio0"),
                        new Step.Maxupd(3),
                        new Step.Defer(false),
                        new Step.Up(true));
    }

    @Test
    void statesAreAddedByIoctl() {
        assertThat(steps("DIOCADDSTATE x14")).containsExactly(new Step.AddStates(14));
        assertThat(steps("one state added locally (DIOCADDSTATE)")).containsExactly(new Step.AddStates(1));
        assertThat(steps("12 states added locally")).containsExactly(new Step.AddStates(12));
    }

    @Test
    void statesAreKilledByIdAndByHost() {
        assertThat(steps("pfctl -k id -k 0000000000001111"))
                .containsExactly(new Step.KillById(0x1111, Optional.empty()));
        assertThat(steps("pfctl -k id -k 1111/deadbeef"))
                .containsExactly(new Step.KillById(0x1111, Optional.of(0xdeadbeef)));
        assertThat(steps("pfctl -k 10.1.0.10 -k 10.2.0.20"))
                .containsExactly(new Step.KillByHost("10.1.0.10", Optional.of("10.2.0.20")));
        assertThat(parse("{\"op\": \"DIOCKILLSTATES\", \"id\": \"0000000000000077\", \"creatorid\": \"00000001\"}"))
                .containsExactly(new Step.KillById(0x77, Optional.of(1)));
    }

    @Test
    void statesAreFlushed() {
        assertThat(steps("pfctl -F states")).containsExactly(new Step.Flush(""));
        assertThat(steps("pfctl -i vio1 -F states")).containsExactly(new Step.Flush("vio1"));
        assertThat(parse("{\"op\": \"DIOCCLRSTATES\", \"ifname\": \"em1\"}")).containsExactly(new Step.Flush("em1"));
    }

    @Test
    void linksAndPfAreSwitched() {
        assertThat(steps("sync link down")).containsExactly(new Step.SyncLink(false));
        assertThat(steps("pfctl -d; pfctl -e")).containsExactly(new Step.Pf(false), new Step.Pf(true));
    }

    @Test
    void rulesMayBringAnotherHostId() {
        assertThat(steps("rules loaded again with set hostid 2")).containsExactly(new Step.SetHostId(2));
        assertThat(steps("rules loaded again with set hostid 0xdeadbeef"))
                .containsExactly(new Step.SetHostId(0xdeadbeef));
    }

    @Test
    void anOperationWithBytesIsAPacket() {
        assertThat(parse("{\"op\": \"packet\", \"hex\": \"45\", \"interface\": \"em1\"}"))
                .containsExactly(new Step.Receive(new Packet("45", Optional.of("em1"), Optional.empty(), "")));
    }

    @Test
    void whatIsNotUnderstoodIsSaidAndNotGuessed() {
        for (String text : List.of(
                "reboot",
                "ifconfig em0 down",
                "ifconfig pfsync0 syncdev",
                "ifconfig pfsync0 maxupd many",
                "ifconfig pfsync0 up quickly",
                "pfctl -k label -k foo",
                "pfctl -k id -k xyz",
                "pfctl -F rules",
                "pfctl",
                "")) {
            assertThat(steps(text)).as(text).containsExactly(new Step.Unknown(text));
        }
    }

    private static List<Step> steps(String text) {
        return parse("{\"op\": \"" + text + "\"}");
    }

    private static List<Step> parse(String json) {
        try {
            return StepParser.parse(new Fields(new JsonMapper().readTree(json), ""));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
