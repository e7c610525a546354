package net.pfsync.suite.lint;

/**
 * A bulk transfer that was seen.
 *
 * @param requester who had asked last, empty if nobody was heard to
 * @param answerer who sent it
 * @param requested when it was asked for, 0 if that was not heard
 * @param started when START came, in nanoseconds since 1970
 * @param ended when END came, 0 if it did not
 * @param states how many states it had
 * @param number the frame of START
 */
public record Transfer(
        String requester, String answerer, long requested, long started, long ended, long states, long number) {}
