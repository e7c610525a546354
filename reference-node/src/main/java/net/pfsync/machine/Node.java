package net.pfsync.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import net.pfsync.machine.NodeConfig.PfsyncSetup;
import net.pfsync.machine.NodeConfig.Port;
import net.pfsync.net.FaultyLink;
import net.pfsync.net.FaultyLink.Faults;
import net.pfsync.net.IpPrefix;
import net.pfsync.net.Link;
import net.pfsync.net.MacAddress;
import net.pfsync.node.Firewall;
import net.pfsync.node.Settings;
import net.pfsync.node.console.Answer;
import net.pfsync.node.console.Console;
import net.pfsync.pcap.KernelInterface;
import net.pfsync.pcap.LinkException;
import net.pfsync.pcap.PcapLink;
import net.pfsync.sync.ConfigException;
import net.pfsync.time.RealTime;

/**
 * A firewall that runs: on real interfaces, in real time, with its console.
 *
 * <p>It ends by {@link #close}, or because its release does not survive what it received, as its kernel would stop.
 */
public final class Node implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long LOOK_NANOS = 1_000_000_000L;
    /** Where an administrator looks for pf's rules. */
    private static final String RULES = "/etc/pf.conf";

    private static final int LARGEST_FILE = 1 << 20;
    /** "pf", in front of the last half of a device's own address. */
    private static final long OWN_ADDRESSES = 0x0270_6600_0000L;

    private static final long LAST_HALF = 0xff_ffffL;

    private final NodeConfig config;
    private final Consumer<String> out;
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private final RealTime loop;
    private final long seed;
    private final List<Attached> links = new ArrayList<>();
    private Firewall firewall;
    private Console console;
    private SshDoor door;

    /** An open interface, and how many of its frames were lost when that was last said. */
    private static final class Attached {
        private final String name;
        private final PcapLink link;
        private long saidLost;

        Attached(String name, PcapLink link) {
            this.name = name;
            this.link = link;
        }
    }

    private Node(NodeConfig config, Consumer<String> out) {
        this.config = config;
        this.out = out;
        this.loop = new RealTime(config.hostname(), ended::completeExceptionally);
        this.seed = config.seed() == null ? loop.nanos() : config.seed();
    }

    /**
     * Boots a firewall.
     *
     * @param config what it is to be
     * @param out takes the lines that it has to say
     * @return the firewall, which runs
     * @throws NodeException if an interface or the door cannot be opened
     */
    public static Node start(NodeConfig config, Consumer<String> out) throws NodeException {
        Node node = new Node(config, out);
        try {
            node.loop.call(node::boot, PATIENCE);
            node.openDoor();
            return node;
        } catch (ExecutionException e) {
            node.close();
            throw refusal(e.getCause());
        } catch (IOException e) {
            node.close();
            throw new NodeException(e.getMessage(), e);
        } catch (TimeoutException e) {
            node.close();
            throw new NodeException("the firewall did not start in " + PATIENCE.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            node.close();
            Thread.currentThread().interrupt();
            throw new NodeException("interrupted while the firewall started", e);
        }
    }

    private static NodeException refusal(Throwable cause) {
        if (cause instanceof LinkException || cause instanceof NodeException || cause instanceof ConfigException) {
            return new NodeException(cause.getMessage(), cause);
        }
        if (cause instanceof Error error) {
            throw error;
        }
        throw cause instanceof RuntimeException fault ? fault : new IllegalStateException(cause);
    }

    // ---- on the loop's thread ----

    private Void boot() throws LinkException, NodeException, ConfigException {
        refuseKernelsAddresses();
        List<Link> opened = new ArrayList<>();
        Settings settings = Settings.of(config.release())
                .hostname(config.hostname())
                .hostId(config.hostId())
                .rules(config.rules())
                .stateLimit(config.stateLimit())
                .forwarding(config.forwarding())
                .seed(seed)
                .uptimeSeconds(0);
        for (Port port : config.interfaces()) {
            KernelInterface device = KernelInterface.of(port.device());
            MacAddress mac = port.mac() == null ? ownAddress(device.address()) : port.mac();
            if (port.mtu() > device.mtu()) {
                throw new NodeException(port.name() + ": an MTU of " + port.mtu() + " is more than " + port.device()
                        + " takes, which is " + device.mtu());
            }
            opened.add(open(port, mac));
            settings.withInterface(port.name(), mac, port.mtu() == 0 ? device.mtu() : port.mtu(), port.addresses());
        }
        routes(settings);
        firewall = boot(settings);
        for (int i = 0; i < opened.size(); i++) {
            firewall.connect(config.interfaces().get(i).name(), opened.get(i));
        }
        console = new Console(firewall, this::file);
        if (config.pfsync() != null) {
            configure(config.pfsync());
        }
        look();
        return null;
    }

    /** Of its own, so that the kernel takes the firewall's frames for somebody else's. */
    private static MacAddress ownAddress(MacAddress device) {
        return new MacAddress(OWN_ADDRESSES | (device.value() & LAST_HALF));
    }

    private void refuseKernelsAddresses() throws NodeException {
        for (Port port : config.interfaces()) {
            for (IpPrefix own : port.addresses()) {
                String at = KernelInterface.having(own.address());
                if (at != null) {
                    throw new NodeException(port.name() + ": the kernel has " + own.address() + " on " + at
                            + " and would answer as well; take it away there");
                }
            }
        }
    }

    private Link open(Port port, MacAddress mac) throws LinkException {
        PcapLink link = PcapLink.open(port.device(), mac, loop);
        links.add(new Attached(port.name(), link));
        return port.faults().equals(Faults.NONE)
                ? link
                : new FaultyLink(link, loop, port.faults(), seed + port.name().hashCode());
    }

    private void routes(Settings settings) {
        config.routes().forEach((network, gateway) -> settings.route(network.toString(), gateway.toString()));
    }

    private Firewall boot(Settings settings) throws NodeException {
        try {
            return new Firewall(config.release(), settings, loop);
        } catch (IllegalArgumentException e) {
            throw new NodeException(e.getMessage(), e);
        }
    }

    private void configure(PfsyncSetup setup) throws ConfigException {
        firewall.pfsync().create();
        firewall.pfsync().setSyncdev(setup.syncdev());
        firewall.pfsync().setSyncpeer(setup.syncpeer());
        firewall.pfsync().setMaxupd(setup.maxupd());
        firewall.pfsync().setDefer(setup.defer());
        if (setup.mtu() > 0) {
            firewall.pfsync().setMtu(setup.mtu());
        }
        if (setup.up()) {
            firewall.pfsync().up();
        }
    }

    private String file(String path) throws IOException {
        Path file = path.equals(RULES) && config.rulesFile() != null ? config.rulesFile() : Path.of(path);
        if (!Files.exists(file)) {
            throw new IOException("No such file or directory");
        }
        if (!Files.isRegularFile(file) || Files.size(file) > LARGEST_FILE) {
            throw new IOException("Invalid argument");
        }
        if (!Files.isReadable(file)) {
            throw new IOException("Permission denied");
        }
        return Files.readString(file);
    }

    /** Once a second: whether frames were lost, and whether the firewall is still alive. */
    private void look() {
        for (Attached attached : links) {
            long lost = attached.link.statistics().lost();
            if (lost > attached.saidLost) {
                attached.saidLost = lost;
                say(attached.name + ": " + attached.link.statistics().losses());
            }
        }
        firewall.stopped().ifPresent(ended::complete);
        loop.schedule(LOOK_NANOS, this::look);
    }

    private void say(String line) {
        firewall.log(line);
        out.accept(line);
    }

    // ---- on any thread ----

    private void openDoor() throws IOException {
        if (config.door() != null) {
            door = new SshDoor(config.door(), config.hostname(), this::run);
        }
    }

    /**
     * Runs a line on the console.
     *
     * @param line what an administrator types
     * @param input its standard input
     * @return the console's answer
     * @throws IOException if the firewall does not answer
     */
    public Answer run(String line, String input) throws IOException {
        try {
            return loop.call(() -> console.run(line, input), PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (TimeoutException | CancellationException e) {
            throw new IOException("the firewall does not answer", e);
        } catch (ExecutionException e) {
            ended.completeExceptionally(e.getCause());
            throw new IOException("the firewall is at fault", e);
        }
    }

    /**
     * Where administrators come in.
     *
     * @return the port that the SSH door listens on; 0 without one
     */
    public int doorPort() {
        return door == null ? 0 : door.port();
    }

    /**
     * Waits for the firewall's end.
     *
     * @return what its kernel would have printed; empty if it was told to end
     * @throws InterruptedException if the waiting thread was interrupted
     * @throws ExecutionException with what a task of it threw, which is a fault of this program
     */
    public String awaitEnd() throws InterruptedException, ExecutionException {
        return ended.get();
    }

    /** Makes {@link #awaitEnd} return, so that whoever waits there can close it. */
    public void end() {
        ended.complete("");
    }

    /** Shuts the door, gives the interfaces back, and ends the firewall; nothing is said on the wire. */
    @Override
    public void close() {
        if (door != null) {
            door.close();
        }
        try {
            loop.call(this::closeLinks, PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | CancellationException e) {
            out.accept("the interfaces could not be given back: " + e);
        }
        loop.close();
        ended.complete("");
    }

    private Void closeLinks() {
        links.forEach(attached -> attached.link.close());
        links.clear();
        return null;
    }
}
