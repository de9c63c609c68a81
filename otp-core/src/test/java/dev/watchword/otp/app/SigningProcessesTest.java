package dev.watchword.otp.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.app.support.SampleToken;
import dev.watchword.otp.signing.SigningRequest;
import dev.watchword.otp.support.SampleRequest;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A process approves requests one after another, and is killed. The vault does not show a request again whose response the
 * process had, and returns its response again.
 */
@Tag("R13.4")
class SigningProcessesTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ALL = AnsweredRequests.MAX;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 40})
    void losesNoApprovalOfAKilledProcess(int approved) throws Exception {
        TokenVault vault = vault(directory);
        DevicePublicKey device = vault.prepare(DeviceKeyType.P256, SampleToken.SERVICE, SampleToken.USER);
        SealedAnswer answer = SealedAnswer.seal(SampleToken.signingContents(), device, RANDOM);
        assertTrue(
                vault.provision(answer, SampleToken.SERVICE, SampleToken.USER).isPresent());
        Files.write(directory.resolve("device"), device.toBytes());
        List<String> responses = new ArrayList<>();

        Process process = process();
        try (BufferedReader printed = process.inputReader(StandardCharsets.UTF_8)) {
            for (int i = 0; i < approved; i++) {
                responses.add(printed.readLine());
            }
            process.toHandle().destroyForcibly();
            process.waitFor();
            printed.lines().forEach(responses::add);
        } finally {
            process.destroyForcibly();
        }

        for (int i = 0; i < responses.size(); i++) {
            SealedRequest sealed = sealed(i, device);
            assertEquals(RequestRefusal.ALREADY_ANSWERED, open(vault, sealed));
            assertEquals(
                    Optional.of(responses.get(i)),
                    vault.approvedResponse(sealed, SampleToken.SERVICE, SampleToken.USER, SampleToken.START));
        }
        if (responses.size() + 1 < ALL) {
            assertTrue(open(vault, sealed(responses.size() + 1, device)) instanceof ReceivedRequest);
        }
    }

    private static OpenedRequest open(TokenVault vault, SealedRequest sealed) {
        return vault.open(sealed, SampleToken.SERVICE, SampleToken.USER, SampleToken.START);
    }

    private static SealedRequest sealed(int number, DevicePublicKey device) {
        SigningRequest request = SampleRequest.request().toBuilder()
                .id("0".repeat(28) + (1000 + number))
                .build();
        return SealedRequest.seal(request, device, OtpSecret.copyOf(SampleToken.signingSecret()), RANDOM);
    }

    private static TokenVault vault(Path directory) {
        SecretKeySpec key = new SecretKeySpec(new byte[32], "AES");
        return TokenVault.at(directory.resolve("vault"), () -> key, RANDOM);
    }

    private Process process() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        String.join(
                                File.pathSeparator,
                                "target/test-classes",
                                "target/classes",
                                System.getProperty("jdk.module.path", ""),
                                System.getProperty("java.class.path")),
                        SigningProcessesTest.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Runs the process. It approves requests one after another, and prints each response, until it is killed. */
    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[0]);
        TokenVault vault = vault(directory);
        DevicePublicKey device = DevicePublicKey.fromBytes(Files.readAllBytes(directory.resolve("device")));
        for (int i = 0; i < ALL; i++) {
            if (open(vault, sealed(i, device)) instanceof ReceivedRequest request) {
                System.out.println(vault.approve(request, SampleToken.START).orElseThrow());
            }
        }
    }
}
