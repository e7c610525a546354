package net.pfsync.pf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Every pair of TCP states and its timeout. {@code PF-TRACKING.md} section 4. */
class TcpTimeoutTest {

    /** Row: state of one end, 0 to 10; column: state of the other; digit: index of the timeout. */
    private static final String[] TABLE = {
        "11111111111", // CLOSED
        "11111111111", // LISTEN
        "11111111111", // SYN_SENT
        "11111111111", // SYN_RECEIVED
        "11112223333", // ESTABLISHED
        "11112223333", // CLOSE_WAIT
        "11112223333", // FIN_WAIT_1
        "11113334444", // CLOSING
        "11113334444", // LAST_ACK
        "11113334455", // FIN_WAIT_2
        "11113334455", // TIME_WAIT
    };

    @Test
    void everyPairOfStatesHasTheTimeoutOfTheTable() {
        Peer one = new Peer();
        Peer other = new Peer();
        for (int row = 0; row <= Peer.TIME_WAIT; row++) {
            for (int column = 0; column <= Peer.TIME_WAIT; column++) {
                one.state = (byte) row;
                other.state = (byte) column;
                assertThat(TcpTimeout.of(one, other))
                        .as("%s and %s", row, column)
                        .isEqualTo(TABLE[row].charAt(column) - '0');
            }
        }
    }
}
