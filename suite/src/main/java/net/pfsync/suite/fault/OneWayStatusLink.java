package net.pfsync.suite.fault;

import java.util.function.Consumer;
import net.pfsync.net.ForwardingLink;
import net.pfsync.net.Link;

/** A link that tells when it is lost, and not when it is back. */
final class OneWayStatusLink extends ForwardingLink {

    OneWayStatusLink(Link link) {
        super(link);
    }

    @Override
    public void onStatus(Consumer<Boolean> listener) {
        link.onStatus(up -> {
            if (!up) {
                listener.accept(false);
            }
        });
    }
}
