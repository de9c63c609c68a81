package dev.watchword.checks;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.watchword.otp.lifecycle.Institution;
import java.security.SecureRandom;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** No library reads time, randomness or locale from its environment. */
class DeterminismTest {
    private static final JavaClasses ALL = Library.allClasses();

    @Test
    @Tag("R11.1")
    void timeComesFromAnInjectedClock() {
        noClasses()
                .that()
                .doNotHaveSimpleName("Patience") // measures the length of a pause; no decision depends on it
                .and()
                .doNotHaveSimpleName("Engine") // measures operations for the listener; no decision depends on it
                .and()
                .doNotHaveFullyQualifiedName(Institution.Builder.class.getName()) // the default clock
                .should()
                .callMethodWhere(
                        target(owner(resideInAPackage("java.time.."))).and(target(nameMatching("now|system.*|tick.*"))))
                .orShould()
                .callMethodWhere(target(nameMatching("currentTimeMillis|nanoTime|sleep")))
                .orShould()
                .callConstructor(Date.class)
                .check(ALL);
    }

    @Test
    void nothingFollowsTheDefaultLocaleZoneOrEncoding() {
        noClasses()
                .should()
                .callMethod(String.class, "format", String.class, Object[].class)
                .orShould()
                .callMethodWhere(target(nameMatching("formatted|getDefault|systemDefault|defaultCharset")))
                .orShould()
                .callMethod(String.class, "toLowerCase")
                .orShould()
                .callMethod(String.class, "toUpperCase")
                .orShould()
                .callMethod(String.class, "getBytes")
                .orShould()
                .callConstructor(String.class, byte[].class)
                .orShould()
                .callMethod(DateTimeFormatter.class, "ofPattern", String.class)
                .check(ALL);
    }

    @Test
    void randomnessIsInjectedBeneathTheFacade() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(Institution.Builder.class.getName())
                .and()
                .doNotHaveSimpleName("DefaultEventFeed") // the name of a worker
                .and()
                .resideOutsideOfPackage("..testing")
                .should()
                .callConstructor(SecureRandom.class)
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .check(ALL);
    }
}
