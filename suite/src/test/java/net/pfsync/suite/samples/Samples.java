package net.pfsync.suite.samples;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.pfsync.release.Release;
import net.pfsync.suite.catalogue.Catalogue;
import net.pfsync.suite.catalogue.Entry;
import net.pfsync.suite.lab.AlteredArena;
import net.pfsync.suite.requirement.CaseListener;
import net.pfsync.suite.requirement.CaseOutcome;
import net.pfsync.suite.requirement.CaseRun;
import net.pfsync.suite.run.CaseFinder;
import net.pfsync.suite.run.SuiteRunner;
import net.pfsync.suite.target.Arena;
import net.pfsync.suite.target.embedded.EmbeddedArena;

/** The sample cases with a catalogue of their own. */
public final class Samples {

    /** Where the cases of {@code cases-howto} are. */
    public static final String HOWTO = "net.pfsync.suite.samples.howto";

    /** Where the cases are that end in every way. */
    public static final String VERDICTS = "net.pfsync.suite.samples.verdicts";

    /** Where the case is that stops a release. */
    public static final String STOPPING = "net.pfsync.suite.samples.stopping";

    private static final int ICMP = 1;

    private Samples() {}

    /** Runs all cases of a package against a release. */
    public static List<CaseOutcome> run(String packageName, String release) {
        return run(packageName, new EmbeddedArena(Release.of(release)));
    }

    /** Runs the cases that end in every way, in a lab that has no hosts and a console that hides states of ICMP. */
    public static List<CaseOutcome> verdicts() {
        return run(VERDICTS, new AlteredArena().withoutTraffic().hiding(state -> state.proto() == ICMP));
    }

    private static List<CaseOutcome> run(String packageName, Arena arena) {
        List<CaseOutcome> outcomes = new ArrayList<>();
        CaseListener listener = new CaseListener() {
            @Override
            public void started(Entry entry, String methodName) {}

            @Override
            public void finished(CaseOutcome outcome) {
                outcomes.add(outcome);
            }
        };
        CaseRun run = new CaseRun(catalogue(), arena, 1, listener, () -> false);
        SuiteRunner.run(run, CaseFinder.in(packageName));
        return outcomes;
    }

    /** The requirements of the samples. */
    public static Catalogue catalogue() {
        return Catalogue.of(name -> {
            try (InputStream in = Samples.class.getResourceAsStream("/samples/" + name)) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
