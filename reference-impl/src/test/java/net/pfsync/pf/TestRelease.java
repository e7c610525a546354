package net.pfsync.pf;

/** The two ways of tracking, as a parameter of tests that hold for both. */
enum TestRelease {
    OF_2009,
    CURRENT;

    TrackingRule rule() {
        return this == OF_2009 ? TrackingRule.OF_2009 : TrackingRule.CURRENT;
    }
}
