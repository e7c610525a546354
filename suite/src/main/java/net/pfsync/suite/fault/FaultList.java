package net.pfsync.suite.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import net.pfsync.net.Link;
import net.pfsync.release.Release;
import net.pfsync.suite.target.Adapter;
import net.pfsync.suite.target.embedded.Sabotage;
import net.pfsync.time.EventLoop;

/** Collects faults of one kind. */
final class FaultList {

    static final String V5 = "reference-v5";
    static final String V6 = "reference-v6";

    private final List<Fault> faults = new ArrayList<>();

    List<Fault> faults() {
        return faults;
    }

    /** A fault of both versions. */
    FaultList both(String name, String sentence, Sabotage sabotage, String... noticedBy) {
        return on(V5, name, sentence, sabotage, noticedBy).on(V6, name, sentence, sabotage, noticedBy);
    }

    /** A fault of both versions, which shows beside firewalls of the other one. */
    FaultList apart(String name, String sentence, Sabotage sabotage, String... noticedBy) {
        faults.add(new Fault(name, sentence, V5, V6, sabotage, List.of(noticedBy)));
        faults.add(new Fault(name, sentence, V6, V5, sabotage, List.of(noticedBy)));
        return this;
    }

    /** A fault of one version. */
    FaultList on(String base, String name, String sentence, Sabotage sabotage, String... noticedBy) {
        faults.add(new Fault(name, sentence, base, sabotage, List.of(noticedBy)));
        return this;
    }

    // ---- what can be wrong ----

    /** The frames that it sends are changed. */
    static Sabotage sends(FrameChange change) {
        return sendsWith(() -> change);
    }

    /** The same with a change that remembers something. */
    static Sabotage sendsWith(Supplier<FrameChange> change) {
        return wired((release, link, loop) -> new TamperedLink(link, release.dialect(), change.get(), null));
    }

    /** It takes the frames that it receives for others. */
    static Sabotage receives(FrameChange change) {
        return receivesWith(() -> change);
    }

    /** The same with a change that remembers something. */
    static Sabotage receivesWith(Supplier<FrameChange> change) {
        return wired((release, link, loop) -> new TamperedLink(link, release.dialect(), null, change.get()));
    }

    /** What is put before a firewall's link on the sync LAN. */
    @FunctionalInterface
    interface Wiring {
        Link before(Release release, Link link, EventLoop loop);
    }

    /** Its link on the sync LAN is another one. */
    static Sabotage wired(Wiring wiring) {
        return new Sabotage() {
            @Override
            public Link syncLink(Release release, Link link, EventLoop loop) {
                return wiring.before(release, link, loop);
            }
        };
    }

    /** Its rules are others. */
    static Sabotage rules(Consumer<Alteration> change) {
        return new Sabotage() {
            @Override
            public Release release(Release intended) {
                return intended.altered(rules -> {
                    Alteration altered = new Alteration(rules);
                    change.accept(altered);
                    return altered.rules();
                });
            }
        };
    }

    /** Its console does or shows something else. */
    static Sabotage console(UnaryOperator<Adapter> change) {
        return new Sabotage() {
            @Override
            public Adapter console(Adapter console) {
                return change.apply(console);
            }
        };
    }
}
