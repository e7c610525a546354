package net.pfsync.pcap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.pfsync.net.IpAddress;
import net.pfsync.net.MacAddress;

/** An Ethernet interface as the kernel shows it in {@code /sys/class/net}. */
public final class KernelInterface {

    private static final Path ALL = Path.of("/sys/class/net");
    private static final String ETHERNET = "1";
    private static final String CARRIER = "1";
    private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

    private final String name;
    private final MacAddress address;
    private final int mtu;

    private KernelInterface(String name, MacAddress address, int mtu) {
        this.name = name;
        this.address = address;
        this.mtu = mtu;
    }

    /**
     * Looks up an interface.
     *
     * @param device its name, such as {@code eth1}, or its IPv4 address: a container's interfaces have names that nobody knows beforehand
     * @return the interface
     * @throws LinkException if there is no such interface, or it is not Ethernet
     */
    public static KernelInterface of(String device) throws LinkException {
        String name = ADDRESS.matcher(device).matches() ? nameOf(device) : device;
        mustExist(name);
        try {
            if (!read(name, "type").equals(ETHERNET)) {
                throw new LinkException(name + " is not an Ethernet interface");
            }
            return new KernelInterface(
                    name, MacAddress.parse(read(name, "address")), Integer.parseInt(read(name, "mtu")));
        } catch (IOException e) {
            throw new LinkException("interface " + name + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Whether there is an interface, of whatever kind.
     *
     * @throws LinkException if there is none of that name
     */
    static void mustExist(String name) throws LinkException {
        if (name.isEmpty() || name.contains("/") || name.startsWith(".") || !Files.exists(ALL.resolve(name))) {
            throw new LinkException("no interface " + name + "; there are " + names());
        }
    }

    private static String nameOf(String address) throws LinkException {
        try {
            String name = having(IpAddress.parse(address));
            if (name != null) {
                return name;
            }
        } catch (IllegalArgumentException e) {
            throw new LinkException(address + " is neither an interface nor an address", e);
        }
        throw new LinkException("no interface has the address " + address);
    }

    private static String names() {
        try (Stream<Path> all = Files.list(ALL)) {
            return all.filter(Files::isDirectory)
                    .map(path -> path.getFileName().toString())
                    .sorted()
                    .collect(Collectors.joining(", "));
        } catch (IOException e) {
            return "none that can be read in " + ALL;
        }
    }

    private static String read(String name, String attribute) throws IOException {
        return Files.readString(ALL.resolve(name).resolve(attribute)).strip();
    }

    /**
     * Which interface of the kernel has an address, so that the kernel would answer for it.
     *
     * @param address any address
     * @return the interface's name, or null if there is none
     */
    public static String having(IpAddress address) {
        try {
            NetworkInterface at = NetworkInterface.getByInetAddress(InetAddress.getByAddress(bytes(address)));
            return at == null ? null : at.getName();
        } catch (SocketException | UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(IpAddress address) {
        return address.inet6()
                ? ByteBuffer.allocate(2 * Long.BYTES)
                        .putLong(address.hi())
                        .putLong(address.lo())
                        .array()
                : ByteBuffer.allocate(Integer.BYTES).putInt(address.ipv4()).array();
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** Its Ethernet address. */
    public MacAddress address() {
        return address;
    }

    /** The longest packet that it takes, in bytes. */
    public int mtu() {
        return mtu;
    }

    /** Whether it is up and has a carrier; one that has vanished has not. */
    public boolean up() {
        try {
            return read(name, "carrier").equals(CARRIER);
        } catch (IOException e) {
            // The kernel refuses the question while the interface is down.
            return false;
        }
    }
}
