package net.pfsync.suite.capture;

import java.io.IOException;

/** A capture that is none, or that cannot be read on: one line that says what is wrong, and where. */
public final class BadCaptureException extends IOException {

    private static final long serialVersionUID = 1L;

    BadCaptureException(String message) {
        super(message);
    }
}
