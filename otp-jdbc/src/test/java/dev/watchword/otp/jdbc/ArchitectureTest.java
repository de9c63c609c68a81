package dev.watchword.otp.jdbc;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.watchword.otp.Totp;
import dev.watchword.otp.lifecycle.TokenService;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Date;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who may see whom, in all three libraries. */
class ArchitectureTest {
    private static final JavaClasses CORE = classesOf("otp-core");
    private static final JavaClasses LIFECYCLE = classesOf("otp-lifecycle");
    private static final JavaClasses JDBC = classesOf("otp-jdbc");
    private static final JavaClasses ALL = classesOf("otp-core", "otp-lifecycle", "otp-jdbc");

    private static JavaClasses classesOf(String... modules) {
        return new ClassFileImporter()
                .importPaths(Arrays.stream(modules)
                        .map(module -> Path.of("..", module, "target", "classes"))
                        .toArray(Path[]::new));
    }

    @Test
    void eachLibraryIsRead() {
        assertTrue(CORE.contain(Totp.class));
        assertTrue(LIFECYCLE.contain(TokenService.class));
        assertTrue(JDBC.contain(JdbcTokenStore.class));
    }

    @Test
    void coreSeesThePlatformAndNothingOfAServer() {
        classes()
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "dev.watchword.otp",
                        "dev.watchword.otp.app",
                        "dev.watchword.otp.testing",
                        "java.io..",
                        "java.lang..",
                        "java.nio..",
                        "java.security..",
                        "java.time..",
                        "java.util..",
                        "javax.crypto..",
                        "javax.security.auth..",
                        "org.bouncycastle..",
                        "com.google.zxing..",
                        "org.jspecify.annotations.."))
                .check(CORE);
    }

    @Test
    void onlyOneClassNeedsTheOptionalLibrary() {
        noClasses()
                .that()
                .doNotHaveSimpleName("QrModules")
                .should()
                .dependOnClassesThat(resideInAPackage("com.google.zxing.."))
                .check(CORE);
    }

    @Test
    void lifecycleSeesCoreAndNoDatabase() {
        classes()
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "dev.watchword.otp",
                        "dev.watchword.otp.app",
                        "dev.watchword.otp.testing",
                        "dev.watchword.otp.lifecycle..",
                        "java.io..",
                        "java.lang..",
                        "java.nio",
                        "java.nio.charset..",
                        "java.nio.file..",
                        "java.security..",
                        "java.time..",
                        "java.util..",
                        "javax.crypto..",
                        "javax.security.auth",
                        "javax.xml..",
                        "org.bouncycastle.crypto..",
                        "org.slf4j..",
                        "org.w3c.dom..",
                        "org.xml.sax..",
                        "de.siegmar.fastcsv..",
                        "org.jspecify.annotations.."))
                .check(LIFECYCLE);
    }

    @Test
    void onlySeedFilesAreXmlOrCsvOrStreams() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.watchword.otp.lifecycle.stock")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("javax.xml..", "org.w3c.dom..", "org.xml.sax..", "de.siegmar.fastcsv.."))
                .orShould()
                .dependOnClassesThat(assignableTo(InputStream.class).or(assignableTo(OutputStream.class)))
                .check(LIFECYCLE);
    }

    @Test
    void onlyTheEmbeddedDatabaseKnowsItsProduct() {
        noClasses()
                .that()
                .doNotHaveSimpleName("EmbeddedDatabase")
                .should()
                .dependOnClassesThat(resideInAPackage("org.h2.."))
                .check(JDBC);
    }

    @Test
    void nothingButTestHelpersSeesTestHelpers() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..testing")
                .should()
                .dependOnClassesThat(resideInAPackage("..testing"))
                .check(ALL);
    }

    @Test
    @Tag("R11.1")
    void timeComesFromAnInjectedClock() {
        noClasses()
                .that()
                .doNotHaveSimpleName("Patience") // it measures how long it waits, and tells nobody the time
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
                .doNotHaveSimpleName("TokenServiceBuilder")
                .and()
                .doNotHaveSimpleName("EventFeed")
                .and()
                .resideOutsideOfPackage("..testing")
                .should()
                .callConstructor(SecureRandom.class)
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .check(ALL);
    }
}
