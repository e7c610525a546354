package net.pfsync.suite.run;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.pfsync.suite.requirement.Requirement;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** Finds the cases of a package. */
public final class CaseFinder {

    private CaseFinder() {}

    /**
     * A case.
     *
     * @param id the requirement that it checks
     * @param method its code
     */
    public record FoundCase(String id, Method method) {

        /** Class and method, as reports have it. */
        public String name() {
            return method.getDeclaringClass().getSimpleName() + "." + method.getName();
        }
    }

    /**
     * All cases of a package and those below it.
     *
     * @param packageName the package
     * @return in the order of their ids, then of their methods' names
     */
    public static List<FoundCase> in(String packageName) {
        List<FoundCase> found = new ArrayList<>();
        for (Class<?> type : ReflectionSupport.findAllClassesInPackage(packageName, name -> true, name -> true)) {
            for (Method method :
                    AnnotationSupport.findAnnotatedMethods(type, Requirement.class, HierarchyTraversalMode.TOP_DOWN)) {
                found.add(new FoundCase(method.getAnnotation(Requirement.class).value(), method));
            }
        }
        found.sort(Comparator.comparing(FoundCase::id)
                .thenComparing(one -> one.method().getName()));
        return found;
    }
}
