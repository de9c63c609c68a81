package dev.watchword.otp.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.Totp;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.EventType;
import dev.watchword.otp.lifecycle.Holder;
import dev.watchword.otp.lifecycle.Outcome;
import dev.watchword.otp.lifecycle.Purpose;
import dev.watchword.otp.lifecycle.Refusal;
import dev.watchword.otp.lifecycle.Refused;
import dev.watchword.otp.lifecycle.StorageException;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.spi.KeySource;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.InMemoryTokens;
import dev.watchword.otp.testing.FakeClock;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process that spends codes is killed, and another one opens its file: what was acknowledged is spent. */
class KilledProcessTest {
    private static final Holder TARO = new Holder("taro");
    private static final String START = "2026-11-23T09:00:00Z";

    @TempDir
    Path folder;

    @ParameterizedTest
    @Tag("R1.2")
    @Tag("R9.2")
    @ValueSource(ints = {1, 10, 50, 100, 200})
    void losesNothingThatItAcknowledged(int acknowledged) throws Exception {
        Path file = folder.resolve("tokens");
        OtpSecret secret;
        int last = 0;
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath(),
                        KilledProcessTest.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            secret = OtpSecret.copyOf(HexFormat.of().parseHex(lines.readLine()));
            while (last < acknowledged) {
                last = Integer.parseInt(lines.readLine());
            }
            assertThrows(StorageException.class, () -> EmbeddedDatabase.open(file));
            process.toHandle().destroyForcibly();
            process.waitFor();
            last = lastOf(lines, last);
        } finally {
            process.destroyForcibly();
        }

        try (EmbeddedDatabase database = EmbeddedDatabase.open(file)) {
            FakeClock clock = FakeClock.at(START);
            TokenService tokens = service(database, clock);
            Totp phone = Totp.of(TotpProfile.BANK, secret);
            for (int i = 0; i <= last; i++) {
                Outcome again = tokens.verify(TARO, phone.generate(clock.instant()), Purpose.LOGIN);
                assertEquals(Refusal.REPLAYED, ((Refused) again).refusal(), "code " + i);
                clock.toNextStep(TotpProfile.BANK);
            }
            long recorded = tokens.history(TARO, 0, 100_000).stream()
                    .filter(event -> event.type() == EventType.CODE_ACCEPTED)
                    .count();
            assertTrue(last <= recorded && recorded <= last + 1);
        }
    }

    /** What the process had written before it was killed may still be on its way. */
    private static int lastOf(BufferedReader lines, int before) throws IOException {
        int last = before;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            last = Integer.parseInt(line);
        }
        return last;
    }

    private static String classPath() {
        return String.join(
                File.pathSeparator,
                "target/test-classes",
                "target/classes",
                System.getProperty("jdk.module.path", ""),
                System.getProperty("java.class.path"));
    }

    private static TokenService service(EmbeddedDatabase database, FakeClock clock) {
        KeySource keys = KeySource.of(
                "test", new SecretKeySpec(new byte[32], "AES"), new SecretKeySpec(new byte[32], "HmacSHA256"));
        return TokenService.builder(InMemoryTokens.SERVICE_ID, database.tokenStore(), keys, clock)
                .policy(InMemoryTokens.POLICY)
                .build();
    }

    /** The process: spends a code each step, and says so, until it is killed. */
    public static void main(String[] args) {
        FakeClock clock = FakeClock.at(START);
        TokenService tokens = service(EmbeddedDatabase.open(Path.of(args[0])), clock);
        OtpSecret secret = FakePhone.active(tokens, TARO, clock).secret();
        System.out.println(HexFormat.of().formatHex(secret.exposeBytes()));
        Totp phone = Totp.of(TotpProfile.BANK, secret);
        for (int spent = 1; ; spent++, clock.toNextStep(TotpProfile.BANK)) {
            Outcome outcome = tokens.verify(TARO, phone.generate(clock.instant()), Purpose.LOGIN);
            if (outcome instanceof Refused refused) {
                throw new IllegalStateException(refused.toString());
            }
            System.out.println(spent);
        }
    }
}
