package net.pfsync.labs;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A network namespace for one test: without a name, empty but for {@code lo}, and gone with the last thread in it. Threads and programs that are
 * started inside stay inside.
 */
public final class OwnNetwork {

    private static final int CLONE_NEWNET = 0x4000_0000;
    /** Mounts of its own, because {@code /sys} shows the interfaces of the namespace in which it was mounted. */
    private static final int CLONE_NEWNS = 0x0002_0000;

    private interface C extends Library {
        int unshare(int flags);
    }

    private OwnNetwork() {}

    /**
     * Does something in a namespace of its own.
     *
     * @param task what to do
     * @return its result
     * @throws Exception what the task threw
     */
    public static <T> T call(Callable<T> task) throws Exception {
        FutureTask<T> inside = new FutureTask<>(() -> {
            if (Native.load("c", C.class).unshare(CLONE_NEWNET | CLONE_NEWNS) != 0) {
                throw new IOException("no network namespace: error " + Native.getLastError());
            }
            run("mount --make-rprivate /");
            run("mount -t sysfs sysfs /sys");
            run("ip link set lo up");
            return task.call();
        });
        Thread thread = new Thread(inside, "own network");
        thread.start();
        try {
            return inside.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (Exception) e.getCause();
        }
    }

    /**
     * Runs a command in the namespace of the calling thread.
     *
     * @param command words that hold no spaces
     * @return what it printed
     */
    public static String run(String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(command.split(" ", -1)))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command + ": " + output.strip());
        }
        return output;
    }

    /** Two interfaces with a wire between them, up, on which the kernel itself says nothing. */
    public static void wire(String one, String other) throws IOException, InterruptedException {
        run("ip link add " + one + " type veth peer name " + other);
        for (String name : List.of(one, other)) {
            run("sysctl -qw net.ipv6.conf." + name + ".disable_ipv6=1");
            run("ip link set " + name + " up");
        }
    }
}
