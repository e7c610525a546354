package net.pfsync.suite.target.embedded;

import net.pfsync.net.Link;
import net.pfsync.release.Release;
import net.pfsync.suite.target.Adapter;
import net.pfsync.time.EventLoop;

/** What is wrong, on purpose, with the firewall under test; its peers are sound. Each method is asked once for every lab that is opened. */
public interface Sabotage {

    /** Nothing is wrong. */
    Sabotage NONE = new Sabotage() {};

    /**
     * What the firewall runs.
     *
     * @param intended what it should run
     * @return what it runs
     */
    default Release release(Release intended) {
        return intended;
    }

    /**
     * What lies between the firewall's sync interface and the LAN.
     *
     * @param release what the firewall should run
     * @param link the attachment to the LAN
     * @param loop for what happens later
     * @return what the firewall sees of it
     */
    default Link syncLink(Release release, Link link, EventLoop loop) {
        return link;
    }

    /**
     * What lies between the firewall's outside interface and the LAN.
     *
     * @param link the attachment to the LAN
     * @return what the firewall sees of it
     */
    default Link outsideLink(Link link) {
        return link;
    }

    /**
     * The firewall's console.
     *
     * @param console the real one
     * @return what answers in its place
     */
    default Adapter console(Adapter console) {
        return console;
    }
}
