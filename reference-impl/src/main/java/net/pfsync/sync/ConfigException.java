package net.pfsync.sync;

/** A setting was refused, with the error that the system call gives on the real system. */
public final class ConfigException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String call;
    private final Errno errno;

    /** The errors that configuring pfsync can give, with the text that the system prints. */
    public enum Errno {
        /** Operation not permitted by the value. */
        EINVAL("Invalid argument"),
        /** No such interface. */
        ENXIO("Device not configured"),
        /** The interface is in use. */
        EBUSY("Device busy"),
        /** The interface cannot do multicast. */
        EADDRNOTAVAIL("Can't assign requested address"),
        /** Nothing was changed, which is an error of its own. */
        ENOTTY("Inappropriate ioctl for device");

        private final String text;

        Errno(String text) {
            this.text = text;
        }

        /**
         * What the system prints.
         *
         * @return the text of strerror
         */
        public String text() {
            return text;
        }
    }

    /**
     * Refuses a setting.
     *
     * @param call the system call, such as {@code SIOCSETPFSYNC}
     * @param errno its error
     */
    public ConfigException(String call, Errno errno) {
        super(call + ": " + errno.text());
        this.call = call;
        this.errno = errno;
    }

    /**
     * The system call that failed.
     *
     * @return such as {@code SIOCSETPFSYNC}
     */
    public String call() {
        return call;
    }

    /**
     * Its error.
     *
     * @return never null
     */
    public Errno errno() {
        return errno;
    }
}
