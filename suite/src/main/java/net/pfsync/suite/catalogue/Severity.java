package net.pfsync.suite.catalogue;

/** What it costs if a requirement is not met. */
public enum Severity {
    /** A firewall stops, or states are corrupted. */
    CRITICAL,
    /** States are lost or wrong. */
    HIGH,
    /** Needless traffic, or the right thing late. */
    MEDIUM,
    /** Hardly anything. */
    LOW
}
