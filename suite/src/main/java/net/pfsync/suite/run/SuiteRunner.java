package net.pfsync.suite.run;

import java.util.List;
import net.pfsync.suite.requirement.CaseRun;
import net.pfsync.suite.run.CaseFinder.FoundCase;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.store.Namespace;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs cases with JUnit's launcher, one after the other on the calling thread. */
public final class SuiteRunner {

    private SuiteRunner() {}

    /**
     * Runs cases.
     *
     * @param run what they share; its listener is told of each
     * @param cases which
     */
    public static void run(CaseRun run, List<FoundCase> cases) {
        List<? extends DiscoverySelector> selectors = cases.stream()
                .map(found -> DiscoverySelectors.selectMethod(found.method().getDeclaringClass(), found.method()))
                .toList();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectors)
                .filters(EngineFilter.includeEngines("junit-jupiter"))
                .enableImplicitConfigurationParameters(false)
                .build();
        LauncherConfig config = LauncherConfig.builder()
                .enableLauncherSessionListenerAutoRegistration(false)
                .enableLauncherDiscoveryListenerAutoRegistration(false)
                .enablePostDiscoveryFilterAutoRegistration(false)
                .enableTestExecutionListenerAutoRegistration(false)
                .build();
        SuiteFaults faults = new SuiteFaults();
        try (LauncherSession session = LauncherFactory.openSession(config)) {
            session.getStore().put(Namespace.GLOBAL, CaseRun.KEY, run);
            session.getLauncher().execute(request, faults);
        }
        faults.rethrow();
    }
}
