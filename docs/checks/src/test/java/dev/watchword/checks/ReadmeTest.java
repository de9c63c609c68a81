package dev.watchword.checks;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.Totp;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.TotpWindow;
import dev.watchword.otp.Verification;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.InMemoryTokenStore;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.lifecycle.testing.TokenStoreContract;
import dev.watchword.otp.testing.FakeClock;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The first program of the README compiles and runs. Its other listings are the regions of this file, in the same order, and each region runs. */
class ReadmeTest {
    private static final Pattern REGION = Pattern.compile(" *// region\n(.*?)\n *// end\n", Pattern.DOTALL);
    private static final Pattern DEPENDENCY = Pattern.compile(
            "<dependency>\\s*<groupId>(.*?)</groupId>\\s*<artifactId>(.*?)</artifactId>\\s*<version>(.*?)</version>");
    private static final Pattern LISTING = Pattern.compile("```java\n(.*?)\n```\n", Pattern.DOTALL);

    private final InMemoryTokenStore store = new InMemoryTokenStore();

    @Test
    void listingsAreRegions() {
        String source = Project.read(Path.of("src/test/java/dev/watchword/checks/ReadmeTest.java"));

        assertEquals(3, found(REGION, source).count());
        assertEquals(
                found(REGION, source).map(String::stripIndent).toList(),
                found(LISTING, Project.read(Project.ROOT.resolve("README.md")))
                        .skip(1)
                        .toList());
    }

    private static Stream<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(result -> result.group(1));
    }

    @Test
    void theFirstProgramCompilesAsItStandsAndRuns() throws Exception {
        Path folder = Files.createTempDirectory(Path.of("target"), "readme");
        Path file = Files.writeString(folder.resolve("FirstLogin.java"), firstProgram());
        JavaCompiler compiler = requireNonNull(ToolProvider.getSystemJavaCompiler());
        assertEquals(0, compiler.run(null, null, null, "-proc:none", "-cp", classPath(), file.toString()));

        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        folder + File.pathSeparator + classPath(),
                        "FirstLogin",
                        folder.resolve("tokens").toString())
                .redirectErrorStream(true)
                .start();
        String printed = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals(0, program.waitFor(), printed);
        assertEquals(
                List.of("welcome", "refused: REPLAYED"), printed.strip().lines().toList());
    }

    @Test
    void theDependenciesAreThoseOfTheBuild() {
        String readme = Project.read(Project.ROOT.resolve("README.md"));
        String root = Project.read(Project.ROOT.resolve("pom.xml")).replaceAll("\\s+", "");

        List<MatchResult> dependencies = DEPENDENCY.matcher(readme).results().toList();

        assertEquals(
                List.of("otp-jdbc", "sqlite-jdbc"),
                dependencies.stream().map(dependency -> dependency.group(2)).toList());
        assertTrue(root.contains("<artifactId>watchword-publication</artifactId><version>"
                + dependencies.get(0).group(3) + "</version>"));
        assertTrue(root.contains("<artifactId>sqlite-jdbc</artifactId><version>"
                + dependencies.get(1).group(3) + "</version>"));
    }

    private static String firstProgram() {
        return found(LISTING, Project.read(Project.ROOT.resolve("README.md")))
                .findFirst()
                .orElseThrow();
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }

    @Test
    void onlyCodes() {
        OtpSecret secret = OtpSecret.copyOf(new byte[20]);
        Clock clock = FakeClock.at("2026-11-23T09:00:00Z");
        String entered = Totp.of(TotpProfile.AUTHENTICATOR_APP, secret).generate(clock.instant());
        long lastSpentStep = Totp.NO_STEP;
        boolean letIn = false;
        // region
        Totp totp = Totp.of(TotpProfile.AUTHENTICATOR_APP, secret);
        Verification found = totp.verify(entered, clock.instant(), TotpWindow.ONE_STEP, lastSpentStep);
        if (found instanceof Verification.Matched matched) {
            // record matched.step() atomically before you let anyone in
            letIn = matched.step() > lastSpentStep;
        }
        // end
        assertTrue(letIn);
    }

    @Test
    void testAuthors() {
        // region
        FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z"); // dev.watchword.otp.testing
        TokenService tokens = TestInstitution.on(clock).tokens(); // dev.watchword.otp.lifecycle.testing
        Holder taro = new Holder("taro");
        FakePhone phone = FakePhone.active(tokens, taro, clock);

        assertTrue(tokens.verify(taro, phone.code(), Purpose.LOGIN).isAccepted());
        assertFalse(tokens.verify(taro, phone.wrongCode(), Purpose.LOGIN).isAccepted());
        clock.advance(Duration.ofMinutes(1)); // one time step
        assertTrue(tokens.verify(taro, phone.code(), Purpose.LOGIN).isAccepted());
        // end
    }

    // region
    @TestFactory
    Stream<DynamicTest> keepsTheContract() {
        return TokenStoreContract.everything(() -> store).stream().map(check -> dynamicTest(check.name(), check::run));
    }
    // end
}
