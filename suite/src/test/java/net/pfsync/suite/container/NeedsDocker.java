package net.pfsync.suite.container;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;

/** A test that makes containers. It is skipped where no Docker answers, and fails there if {@code PFSYNC_LABS} is {@code required}. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsDocker.Condition.class)
@interface NeedsDocker {

    /** Looks whether Docker answers. */
    final class Condition implements ExecutionCondition {

        private static final String MISSING = "no Docker answers; PFSYNC_LABS=required ci/setup installs and starts it";

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (DockerClientFactory.instance().isDockerAvailable()) {
                return ConditionEvaluationResult.enabled("Docker answers");
            }
            if ("required".equals(System.getenv("PFSYNC_LABS"))) {
                throw new AssertionError("PFSYNC_LABS=required, but " + MISSING);
            }
            return ConditionEvaluationResult.disabled(MISSING);
        }
    }
}
