package dev.watchword.checks;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import dev.watchword.otp.app.DevicePublicKey;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The packages of otp-lifecycle, and the dependencies that each of them may have. */
class LifecyclePackagesTest {
    private static final String TOP = "dev.watchword.otp.lifecycle";

    private static final Set<String> EXPORTED_PACKAGES = Set.of(
            TOP, TOP + ".model", TOP + ".policy", TOP + ".operations", TOP + ".seeds", TOP + ".spi", TOP + ".testing");

    private static final Set<String> INTERNAL_PACKAGES = Set.of(
            TOP + ".internal",
            TOP + ".internal.machine",
            TOP + ".internal.sealing",
            TOP + ".internal.engine",
            TOP + ".internal.operations");

    private static final JavaClasses CLASSES = Library.LIFECYCLE.classes();

    /** A rule about an empty package proves nothing. */
    @Test
    void hasTheExpectedPackages() {
        Set<String> expected = new HashSet<>(EXPORTED_PACKAGES);
        expected.addAll(INTERNAL_PACKAGES);

        assertEquals(expected, CLASSES.stream().map(JavaClass::getPackageName).collect(toSet()));
    }

    @Test
    void exportsAllPackagesButTheInternalOnes() {
        assertEquals(EXPORTED_PACKAGES, Library.LIFECYCLE.exportedPackages().collect(toSet()));
    }

    @Test
    void theMachineDependsOnlyOnValuesPoliciesAndCodes() {
        classes()
                .that()
                .resideInAPackage(TOP + ".internal.machine")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                                TOP + ".internal.machine",
                                TOP + ".internal",
                                TOP + ".model",
                                TOP + ".policy",
                                "dev.watchword.otp",
                                "java..",
                                "org.jspecify..")
                        .or(belongToAnyOf(DevicePublicKey.class))) // a value that the store keeps
                .check(CLASSES);
    }

    @Test
    void modelPoliciesAndSpiHoldNoTransitions() {
        noClasses()
                .that()
                .resideInAnyPackage(TOP + ".model", TOP + ".policy", TOP + ".spi")
                .should()
                .dependOnClassesThat(resideInAPackage(TOP + ".internal.machine"))
                .check(CLASSES);
    }

    /** So nothing reads an enrolment whose authentication code was not verified, and nothing stores one without a code. */
    @Test
    @Tag("R10.5")
    void onlyTheAuthenticatedStoreCallsTheStore() {
        noClasses()
                .that()
                .haveNameNotMatching(".*\\.(AuthenticatedStore|TokenStore)(\\$.*)?")
                .and()
                .resideOutsideOfPackage(TOP + ".testing")
                .should()
                .accessTargetWhere(target(owner(name(TokenStore.class.getName())))
                        .and(target(nameMatching("find|commit|attempt|capability"))))
                .check(CLASSES);
    }

    @Test
    void onlyTheTestKitDependsOnTheEntryPoint() {
        noClasses()
                .that()
                .resideOutsideOfPackages(TOP, TOP + ".testing")
                .should()
                .dependOnClassesThat(resideInAPackage(TOP))
                .check(CLASSES);
    }
}
