package net.pfsync.suite.run;

import java.util.ArrayList;
import java.util.List;
import net.pfsync.suite.requirement.CaseFailed;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.opentest4j.TestAbortedException;

/** Notices what went wrong in the suite itself while cases ran, so that no case vanishes without an outcome. */
final class SuiteFaults implements TestExecutionListener {

    private final List<Throwable> faults = new ArrayList<>();

    @Override
    public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
        if (result.getStatus() == TestExecutionResult.Status.FAILED) {
            result.getThrowable().filter(thrown -> !told(thrown)).ifPresent(faults::add);
        }
    }

    /** A case whose lab could not be set up ends as any other does, wrapped by JUnit. */
    private static boolean told(Throwable thrown) {
        Throwable end = thrown instanceof ParameterResolutionException ? thrown.getCause() : thrown;
        return end instanceof CaseFailed || end instanceof TestAbortedException;
    }

    void rethrow() {
        if (!faults.isEmpty()) {
            IllegalStateException first =
                    new IllegalStateException("a fault of the suite itself: " + faults.get(0), faults.get(0));
            faults.stream().skip(1).forEach(first::addSuppressed);
            throw first;
        }
    }
}
