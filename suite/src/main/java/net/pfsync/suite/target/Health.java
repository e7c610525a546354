package net.pfsync.suite.target;

import java.util.List;

/**
 * What a firewall's kernel tells about itself at one moment.
 *
 * @param boot when it booted, in the firewall's own words; empty if it does not say
 * @param messages of its kernel, oldest first
 * @param memory what it holds that it has to give back
 */
public record Health(String boot, List<String> messages, List<Memory> memory) {

    /** Copies what still grows. */
    public Health {
        messages = List.copyOf(messages);
        memory = List.copyOf(memory);
    }

    /**
     * Memory of one kind.
     *
     * @param what its kind, for example {@code packets held}
     * @param amount how much there is
     * @param swing by how much it rises and falls without anything being wrong
     */
    public record Memory(String what, long amount, long swing) {}
}
