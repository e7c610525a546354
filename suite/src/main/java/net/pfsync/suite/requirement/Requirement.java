package net.pfsync.suite.requirement;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Makes a method a case: the code that checks one requirement of the catalogue.
 *
 * <p>The method is not private, returns nothing, and may take the {@link net.pfsync.suite.lab.Lab} that it works in.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Test
@ExtendWith(CaseExtension.class)
public @interface Requirement {

    /** The permanent id, {@code PFSYNC-<AREA>-<NN>}. */
    String value();
}
