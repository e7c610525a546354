package net.pfsync.suite.requirement;

import java.lang.reflect.Method;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.pfsync.suite.catalogue.Catalogue;
import net.pfsync.suite.catalogue.Entry;
import net.pfsync.suite.catalogue.Need;
import net.pfsync.suite.lab.Lab;
import net.pfsync.suite.lab.LabSession;
import net.pfsync.suite.target.Arena;
import net.pfsync.suite.target.Capability;
import net.pfsync.suite.target.Extent;
import net.pfsync.suite.verdict.Verdict;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

/**
 * Decides whether a case applies, sets up its lab, judges how it ended, and hands the outcome to the run.
 *
 * <p>The run lies in the store of the launcher session; whoever starts a case puts it there.
 */
public final class CaseExtension implements ExecutionCondition, ParameterResolver, InvocationInterceptor {

    private static final Namespace OWN = Namespace.create(CaseExtension.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        CaseRun run = run(context);
        Optional<String> reason = reasonToSkip(run, entry(context));
        reason.ifPresent(text -> run.listener().finished(judge(context).skipped(text)));
        return reason.map(ConditionEvaluationResult::disabled)
                .orElseGet(() -> ConditionEvaluationResult.enabled("the requirement applies"));
    }

    private static Optional<String> reasonToSkip(CaseRun run, Entry entry) {
        Arena arena = run.arena();
        if (run.cancelled().getAsBoolean()) {
            return Optional.of("interrupted before it began");
        }
        if (!entry.appliesTo(arena.release().dialect())) {
            return Optional.of("does not apply to dialect " + arena.release().dialect());
        }
        if (arena.silence().isPresent()) {
            return arena.silence();
        }
        TreeSet<Capability> missing = new TreeSet<>();
        for (Need need : entry.needs()) {
            missing.addAll(need.capabilities());
        }
        missing.removeAll(arena.capabilities());
        return missing.isEmpty() ? Optional.empty() : Optional.of(arena.missing(missing));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Lab.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        CaseRun run = run(context);
        Entry entry = entry(context);
        run.listener().started(entry, context.getRequiredTestMethod().getName());
        long seed = seedOf(run, context);
        LabSession session = new LabSession(run.arena(), extent(entry.needs()), seed);
        context.getStore(OWN).put(LabSession.class, session);
        try {
            return session.begin(seed, run.thorough());
        } catch (RuntimeException | AssertionError e) {
            throw finish(context, session, e);
        }
    }

    private static Extent extent(Set<Need> needs) {
        boolean two = needs.contains(Need.TWO_FIREWALLS) || needs.contains(Need.FOREIGN_PEER);
        int firewalls = needs.contains(Need.THREE_FIREWALLS) ? 3 : two ? 2 : 1;
        return new Extent(firewalls, needs.contains(Need.TRAFFIC));
    }

    /** Each case has its own randomness, the same alone and among others. */
    private static long seedOf(CaseRun run, ExtensionContext context) {
        Method method = context.getRequiredTestMethod();
        return run.seed() * 31 + (method.getDeclaringClass().getSimpleName() + method.getName()).hashCode();
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context) {
        LabSession session = context.getStore(OWN).get(LabSession.class, LabSession.class);
        if (session == null) {
            throw new IllegalStateException(context.getRequiredTestMethod() + " does not take a Lab");
        }
        Throwable thrown = null;
        try {
            invocation.proceed();
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Throwable e) {
            thrown = e;
        }
        RuntimeException end = finish(context, session, thrown);
        if (end != null) {
            throw end;
        }
    }

    /** Hands the outcome to the run; what is returned tells JUnit the same. */
    private static RuntimeException finish(ExtensionContext context, LabSession session, Throwable thrown) {
        try (session) {
            CaseOutcome outcome = judge(context).ended(session, thrown);
            run(context).listener().finished(outcome);
            if (outcome.verdict().againstTarget()) {
                throw new CaseFailed(outcome, thrown);
            }
            return outcome.verdict() == Verdict.PASS ? null : new TestAbortedException(outcome.observed(), thrown);
        }
    }

    private static CaseJudge judge(ExtensionContext context) {
        Method method = context.getRequiredTestMethod();
        return new CaseJudge(
                entry(context),
                method.getDeclaringClass().getSimpleName(),
                method.getName(),
                run(context).seed());
    }

    private static Entry entry(ExtensionContext context) {
        String id =
                context.getRequiredTestMethod().getAnnotation(Requirement.class).value();
        Catalogue catalogue = run(context).catalogue();
        return catalogue
                .find(id)
                .orElseThrow(() -> new IllegalStateException(
                        context.getRequiredTestMethod() + " checks " + id + ", which is not in the catalogue"));
    }

    private static CaseRun run(ExtensionContext context) {
        CaseRun run =
                context.getStore(StoreScope.LAUNCHER_SESSION, Namespace.GLOBAL).get(CaseRun.KEY, CaseRun.class);
        if (run == null) {
            throw new IllegalStateException("cases are started by the suite's runner");
        }
        return run;
    }
}
