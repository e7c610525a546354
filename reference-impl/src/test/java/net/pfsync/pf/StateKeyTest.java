package net.pfsync.pf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What makes two keys the same key. */
class StateKeyTest {

    private static StateKey ipv4(long address0Lo, int rdomain, int port0) {
        return new StateKey(false, 2, 6, rdomain, 0x0a000001_00000000L, address0Lo, 0x0a000002_00000000L, 0, port0, 80);
    }

    @Test
    void ignoresWhatLiesBehindAnIpv4Address() {
        StateKey clean = ipv4(0, 0, 1024);
        StateKey dirty = new StateKey(false, 2, 6, 0, 0x0a000001_deadbeefL, 1, 0x0a000002_00c0ffeeL, 2, 1024, 80);
        assertThat(dirty).isEqualTo(clean).hasSameHashCodeAs(clean);
        assertThat(dirty.address0Hi).isEqualTo(0x0a000001_00000000L);
    }

    @Test
    void looksAtAllOfAnIpv6Address() {
        StateKey zero = new StateKey(true, 24, 6, 0, 0, 0, 0, 0, 1, 2);
        for (int bit = 0; bit < 256; bit++) {
            long one = 1L << bit % 64;
            assertThat(zero)
                    .isNotEqualTo(new StateKey(
                            true,
                            24,
                            6,
                            0,
                            bit / 64 == 0 ? one : 0,
                            bit / 64 == 1 ? one : 0,
                            bit / 64 == 2 ? one : 0,
                            bit / 64 == 3 ? one : 0,
                            1,
                            2));
        }
    }

    @Test
    void tellsSlotsApart() {
        StateKey there = new StateKey(false, 2, 6, 0, 1L << 32, 0, 2L << 32, 0, 10, 20);
        StateKey back = new StateKey(false, 2, 6, 0, 2L << 32, 0, 1L << 32, 0, 20, 10);
        assertThat(there).isNotEqualTo(back);
    }

    @Test
    void tellsFamilyProtocolAndRoutingDomainApart() {
        StateKey key = new StateKey(false, 2, 6, 1, 1L << 32, 0, 2L << 32, 0, 10, 20);
        assertThat(key)
                .isNotEqualTo(new StateKey(false, 2, 17, 1, 1L << 32, 0, 2L << 32, 0, 10, 20))
                .isNotEqualTo(new StateKey(false, 3, 6, 1, 1L << 32, 0, 2L << 32, 0, 10, 20))
                .isNotEqualTo(new StateKey(false, 2, 6, 2, 1L << 32, 0, 2L << 32, 0, 10, 20))
                .isNotEqualTo("a key");
    }

    @Property(tries = 200)
    void givesBackWhatItWasMadeOf(
            @ForAll @IntRange(max = 65535) int port0,
            @ForAll @IntRange(max = 65535) int port1,
            @ForAll @IntRange(max = 65535) int rdomain,
            @ForAll @IntRange(max = 255) int af) {
        StateKey key = new StateKey(true, af, 6, rdomain, 1, 2, 3, 4, port0, port1);
        assertThat(key.port(0)).isEqualTo(port0);
        assertThat(key.port(1)).isEqualTo(port1);
        assertThat(key.rdomain()).isEqualTo(rdomain);
        assertThat(key.af()).isEqualTo(af);
    }

    @Property(tries = 50)
    void spreadsKeysThatDifferInOneFieldOverTheSlotsOfATable(@ForAll Field field, @ForAll int seed) {
        int keys = 4096;
        int slots = 2 * keys;
        Set<Integer> taken = new HashSet<>();
        for (int i = 0; i < keys; i++) {
            taken.add(field.key(seed, i).hashCode() & slots - 1);
        }
        // A random function leaves 3223 slots taken, give or take 25.
        assertThat(taken.size()).isGreaterThan(3000);
    }

    /** What neighbouring keys differ in: the fields of a port scan, of a busy client, of a busy server. */
    enum Field {
        ADDRESS0 {
            @Override
            StateKey key(int seed, int i) {
                return new StateKey(false, 2, 6, 0, (seed + (long) i) << 32, 0, 2L << 32, 0, 1024, 80);
            }
        },
        ADDRESS1 {
            @Override
            StateKey key(int seed, int i) {
                return new StateKey(false, 2, 6, 0, 1L << 32, 0, (seed + (long) i) << 32, 0, 1024, 80);
            }
        },
        PORT0 {
            @Override
            StateKey key(int seed, int i) {
                return new StateKey(false, 2, 6, 0, 1L << 32, 0, (long) seed << 32, 0, i, 80);
            }
        },
        PORT1 {
            @Override
            StateKey key(int seed, int i) {
                return new StateKey(false, 2, 6, 0, 1L << 32, 0, (long) seed << 32, 0, 1024, i);
            }
        },
        RDOMAIN {
            @Override
            StateKey key(int seed, int i) {
                return new StateKey(false, 2, 6, i, 1L << 32, 0, (long) seed << 32, 0, 1024, 80);
            }
        },
        INTERFACE_ID {
            @Override
            StateKey key(int seed, int i) {
                return new StateKey(true, 24, 6, 0, 0x20010db8_00000000L, seed + (long) i, seed, 1, 1024, 80);
            }
        };

        abstract StateKey key(int seed, int i);
    }

    @Test
    void tellsWhatItHas() {
        StateKey key = new StateKey(false, 2, 6, 0, 0xc0000201L << 32, 0, 0xc6336402L << 32, 0, 1025, 443);
        assertThat(key).hasToString("6 192.0.2.1,1025 198.51.100.2,443");
        StateKey six = new StateKey(true, 24, 17, 0, 0x20010db8L << 32, 1, 0x20010db8L << 32, 2, 53, 54);
        assertThat(six).hasToString("17 2001:db8::1,53 2001:db8::2,54");
    }
}
