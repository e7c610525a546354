package net.pfsync.suite.run;

import java.util.List;
import net.pfsync.suite.requirement.CaseRun;
import net.pfsync.suite.run.CaseFinder.FoundCase;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.store.Namespace;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs cases with JUnit's launcher, one after the other on the calling thread, in an order that comes from the seed: the
 * classes at random, and the cases of each. No verdict may depend on it.
 */
public final class SuiteRunner {

    private static final String CLASS_ORDER = "junit.jupiter.testclass.order.default";
    private static final String METHOD_ORDER = "junit.jupiter.testmethod.order.default";
    private static final String ORDER_SEED = "junit.jupiter.execution.order.random.seed";

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
                .configurationParameter(CLASS_ORDER, ClassOrderer.Random.class.getName())
                .configurationParameter(METHOD_ORDER, MethodOrderer.Random.class.getName())
                .configurationParameter(ORDER_SEED, String.valueOf(run.seed()))
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
