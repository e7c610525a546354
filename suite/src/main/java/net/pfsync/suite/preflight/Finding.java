package net.pfsync.suite.preflight;

import java.util.Locale;

/**
 * What a check came to.
 *
 * @param result whether it is as it should be
 * @param seen what was seen
 * @param remedy what would help, empty unless something is wrong
 */
public record Finding(Result result, String seen, String remedy) {

    /** Whether something is as it should be. */
    public enum Result {
        /** It is. */
        OK,
        /** It is not, and a run would not tell anything about the firewalls. */
        NOT_OK,
        /** It could not be seen. */
        CANNOT_TELL;

        /** In words. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    static Finding ok(String seen) {
        return new Finding(Result.OK, seen, "");
    }

    static Finding notOk(String seen, String remedy) {
        return new Finding(Result.NOT_OK, seen, remedy);
    }

    static Finding cannotTell(String why) {
        return new Finding(Result.CANNOT_TELL, why, "");
    }
}
