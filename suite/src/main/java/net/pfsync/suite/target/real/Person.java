package net.pfsync.suite.target.real;

/** Somebody who does by hand what a program cannot, at the console of a device. */
public interface Person {

    /**
     * Tells the person something.
     *
     * @param line one line
     */
    void tell(String line);

    /**
     * Waits for a line of the person.
     *
     * @return without its end; null if nobody is there any more
     */
    String answer();
}
