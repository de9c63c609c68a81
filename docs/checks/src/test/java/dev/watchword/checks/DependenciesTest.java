package dev.watchword.checks;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.InputStream;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

/** The dependencies of each library: its own packages, the platform, and the products that it may use. */
class DependenciesTest {
    private static final JavaClasses CORE = Library.CORE.classes();
    private static final JavaClasses LIFECYCLE = Library.LIFECYCLE.classes();
    private static final JavaClasses JDBC = Library.JDBC.classes();

    @Test
    void coreDependsOnlyOnThePlatformAndBouncyCastle() {
        classes()
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "dev.watchword.otp",
                        "dev.watchword.otp.app",
                        "dev.watchword.otp.internal",
                        "dev.watchword.otp.signing",
                        "dev.watchword.otp.testing",
                        "java.io..",
                        "java.lang..",
                        "java.math",
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
    void onlyOneClassOfCoreUsesTheOptionalZxing() {
        noClasses()
                .that()
                .doNotHaveSimpleName("QrModules")
                .should()
                .dependOnClassesThat(resideInAPackage("com.google.zxing.."))
                .check(CORE);
    }

    @Test
    void lifecycleDependsOnCoreAndOnNoDatabase() {
        classes()
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "dev.watchword.otp",
                        "dev.watchword.otp.app",
                        "dev.watchword.otp.signing",
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
    void lifecycleNeverUsesJavaSql() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.sql..", "javax.sql.."))
                .check(LIFECYCLE);
    }

    @Test
    void onlyTheReadersOfSeedFilesUseXmlCsvAndStreams() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.watchword.otp.lifecycle.seeds")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("javax.xml..", "org.w3c.dom..", "org.xml.sax..", "de.siegmar.fastcsv.."))
                .orShould()
                .dependOnClassesThat(assignableTo(InputStream.class).or(assignableTo(OutputStream.class)))
                .check(LIFECYCLE);
    }

    @Test
    void onlyTheClassesForSqliteUseItsDriver() {
        noClasses()
                .that()
                .haveNameNotMatching(".*\\.(EmbeddedDatabase|SqlitePool|SqliteFailures)(\\$.*)?")
                .should()
                .dependOnClassesThat(resideInAPackage("org.sqlite.."))
                .check(JDBC);
    }

    @Test
    void onlyTestHelpersUseTestHelpers() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..testing")
                .should()
                .dependOnClassesThat(resideInAPackage("..testing"))
                .check(Library.allClasses());
    }
}
