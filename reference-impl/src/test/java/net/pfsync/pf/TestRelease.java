package net.pfsync.pf;

/** The two ways of tracking, as a parameter of tests that hold for both. */
enum TestRelease {
    OF_2009(TrackingRule.OF_2009),
    CURRENT(TrackingRule.CURRENT);

    private final TrackingRule rule;

    TestRelease(TrackingRule rule) {
        this.rule = rule;
    }

    TrackingRule rule() {
        return rule;
    }
}
