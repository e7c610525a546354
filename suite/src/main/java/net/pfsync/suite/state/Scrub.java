package net.pfsync.suite.state;

/**
 * What pf's normalisation of TCP keeps about one side of a connection.
 *
 * @param valid whether the other three mean anything ({@code scrub_flag})
 * @param flags {@code pfss_flags}; only bit 0, the side uses time stamps, is carried
 * @param ttl {@code pfss_ttl}
 * @param tsMod {@code pfss_ts_mod}, the modulation of time stamps
 */
public record Scrub(boolean valid, int flags, int ttl, int tsMod) {

    /** A side that is not normalised. */
    public static final Scrub NONE = new Scrub(false, 0, 0, 0);

    /**
     * A side that is normalised.
     *
     * @param flags {@code pfss_flags}
     * @param ttl {@code pfss_ttl}
     * @param tsMod {@code pfss_ts_mod}
     * @return a valid scrub part
     */
    public static Scrub of(int flags, int ttl, int tsMod) {
        return new Scrub(true, flags, ttl, tsMod);
    }
}
