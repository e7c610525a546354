package net.pfsync.net;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import net.pfsync.time.EventLoop;

/**
 * A switch in memory: frames reach the other stations after a fixed time, in the order in which they were sent. What is too short to
 * say for whom it is reaches nobody.
 *
 * <p>Cutting a station takes its link away, as pulling its cable does.
 */
public final class VirtualLan {

    private final EventLoop loop;
    private final long latencyNanos;
    private final Map<String, Station> stations = new LinkedHashMap<>();
    private Station[] attached = {};
    private final List<Tap> taps = new ArrayList<>();
    private Conditions conditions = (station, frame) -> 0;

    /** What happens to frames on their way, for labs that are to see bad times. */
    @FunctionalInterface
    public interface Conditions {
        /** The frame never arrives. */
        long LOST = -1;

        /**
         * Decides about one frame.
         *
         * @param station who sent it
         * @param frame the frame; not to be changed
         * @return how many nanoseconds longer than usual it takes, or {@link #LOST}
         */
        long delayNanos(String station, byte[] frame);
    }

    /** Sees every frame that is sent while its sender has a link. */
    @FunctionalInterface
    public interface Tap {
        /**
         * A frame was sent.
         *
         * @param nanos when
         * @param station who sent it
         * @param frame the frame; not to be changed
         */
        void frame(long nanos, String station, byte[] frame);
    }

    /**
     * Makes a LAN without stations.
     *
     * @param loop the event loop of all its stations
     * @param latency how long a frame takes
     */
    public VirtualLan(EventLoop loop, Duration latency) {
        this.loop = loop;
        this.latencyNanos = latency.toNanos();
    }

    /**
     * Attaches a station.
     *
     * @param name its name, unique on this LAN
     * @param address its Ethernet address
     * @param ipv4 for a station that does not speak ARP itself: its IPv4 addresses, for which its link answers
     * @return its link, which is up
     */
    public Link attach(String name, MacAddress address, int... ipv4) {
        Station station = new Station(name, address, ipv4.clone());
        if (stations.putIfAbsent(name, station) != null) {
            throw new IllegalArgumentException("station " + name + " is attached already");
        }
        attached = stations.values().toArray(Station[]::new);
        return station;
    }

    /**
     * Watches the LAN.
     *
     * @param tap told of every frame from now on
     */
    public void tap(Tap tap) {
        taps.add(tap);
    }

    /**
     * Sets what happens to frames from now on; taps see also those that are lost.
     *
     * @param chosen decides about each
     */
    public void conditions(Conditions chosen) {
        conditions = chosen;
    }

    /**
     * Takes a station's link away.
     *
     * @param name the station
     */
    public void cut(String name) {
        station(name).status(false);
    }

    /**
     * Gives a station its link back.
     *
     * @param name the station
     */
    public void heal(String name) {
        station(name).status(true);
    }

    private Station station(String name) {
        Station station = stations.get(name);
        if (station == null) {
            throw new IllegalArgumentException("no station " + name + "; there are " + stations.keySet());
        }
        return station;
    }

    private final class Station implements Link {
        private final String name;
        private final MacAddress address;
        private final int[] ipv4;
        private Consumer<byte[]> receiver = frame -> {};
        private Consumer<Boolean> listener = status -> {};
        private boolean up = true;

        Station(String name, MacAddress address, int[] ipv4) {
            this.name = name;
            this.address = address;
            this.ipv4 = ipv4;
        }

        @Override
        public void send(byte[] frame) {
            if (!up) {
                return;
            }
            taps.forEach(tap -> tap.frame(loop.nanos(), name, frame));
            long delay = conditions.delayNanos(name, frame);
            if (delay != Conditions.LOST) {
                loop.schedule(latencyNanos + delay, () -> deliver(frame));
            }
        }

        private void deliver(byte[] frame) {
            if (frame.length < Ethernet.HEADER) {
                return;
            }
            boolean toAll = Ethernet.toGroup(frame);
            for (Station station : attached) {
                if (station != this && station.up && (toAll || Ethernet.isTo(frame, station.address))) {
                    station.take(frame);
                }
            }
        }

        private void take(byte[] frame) {
            ArpMessage message = ipv4.length == 0 ? null : ArpMessage.in(frame);
            ArpMessage answer = message == null ? null : message.answer(address, ipv4);
            if (answer != null) {
                send(answer.frame(message.mac()));
            }
            receiver.accept(frame);
        }

        private void status(boolean now) {
            if (now != up) {
                up = now;
                listener.accept(now);
            }
        }

        @Override
        public void onReceive(Consumer<byte[]> consumer) {
            receiver = consumer;
        }

        @Override
        public boolean up() {
            return up;
        }

        @Override
        public void onStatus(Consumer<Boolean> consumer) {
            listener = consumer;
        }

        @Override
        public MacAddress address() {
            return address;
        }
    }
}
