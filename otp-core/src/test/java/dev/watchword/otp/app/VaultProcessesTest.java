package dev.watchword.otp.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.app.support.SampleToken;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two processes add tokens to one vault at the same time, and one of them is killed. The vault contains every token
 * that either process acknowledged.
 */
@Tag("R4.5")
class VaultProcessesTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ALL = 300;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 50})
    void losesNoAcknowledgedTokenOfTwoProcesses(int acknowledged) throws Exception {
        Process killed = process(0);
        Process other = process(1);
        List<String> added = new ArrayList<>();
        try (BufferedReader ofKilled = killed.inputReader(StandardCharsets.UTF_8);
                BufferedReader ofOther = other.inputReader(StandardCharsets.UTF_8)) {
            for (int i = 0; i < acknowledged; i++) {
                added.add(ofKilled.readLine());
                added.add(ofOther.readLine());
            }
            killed.toHandle().destroyForcibly();
            killed.waitFor();
            ofKilled.lines().forEach(added::add);
            for (int i = 0; i < 5; i++) {
                added.add(ofOther.readLine());
            }
            other.toHandle().destroyForcibly();
            other.waitFor();
            ofOther.lines().forEach(added::add);
        } finally {
            killed.destroyForcibly();
            other.destroyForcibly();
        }

        TreeSet<String> kept = new TreeSet<>();
        vault(directory).tokens().forEach(token -> kept.add(token.userId()));
        assertTrue(kept.containsAll(added), "kept " + kept + " after " + added);
        assertTrue(kept.size() <= added.size() + 2, "kept " + kept + " after " + added);
        vault(directory).add(SampleToken.contents());
        assertEquals(kept.size() + 1, vault(directory).tokens().size());
    }

    private Process process(int number) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        String.join(
                                File.pathSeparator,
                                "target/test-classes",
                                "target/classes",
                                System.getProperty("jdk.module.path", ""),
                                System.getProperty("java.class.path")),
                        VaultProcessesTest.class.getName(),
                        directory.toString(),
                        Integer.toString(number))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static TokenVault vault(Path directory) {
        SecretKeySpec key = new SecretKeySpec(new byte[32], "AES");
        return TokenVault.at(directory.resolve("vault"), () -> key, RANDOM);
    }

    /**
     * Runs one of the processes. It adds users' tokens one after another, and prints the user ID of each stored token,
     * until it is killed.
     */
    public static void main(String[] args) {
        TokenVault vault = vault(Path.of(args[0]));
        for (int i = 0; i < ALL; i++) {
            String user = "99980000" + args[1] + (100 + i);
            vault.add(SampleToken.contents(SampleToken.SERVICE, user));
            System.out.println(user);
        }
    }
}
