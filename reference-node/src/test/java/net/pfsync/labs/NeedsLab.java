package net.pfsync.labs;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A test that makes networks: needs root, network namespaces, iproute2, ethtool and libpcap. It is skipped with the reason where one of them is missing,
 * and fails there if {@code PFSYNC_LABS} is {@code required}.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsLab.Condition.class)
public @interface NeedsLab {

    /** Looks whether a lab is possible here. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            String missing = LabPossible.missing();
            if (missing.isEmpty()) {
                return ConditionEvaluationResult.enabled("labs are possible");
            }
            if (LabPossible.required()) {
                throw new AssertionError("PFSYNC_LABS=required, but " + missing);
            }
            return ConditionEvaluationResult.disabled(missing);
        }
    }
}
