package dev.watchword.otp.jdbc;

import static dev.watchword.otp.jdbc.support.Outcomes.refusal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.Totp;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.spi.KeySource;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
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

/** Kills a process that spends codes. Another process must find all acknowledged codes spent. */
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
            process.toHandle().destroyForcibly();
            process.waitFor();
            last = lastOf(lines, last);
        } finally {
            process.destroyForcibly();
        }

        try (EmbeddedDatabase database = EmbeddedDatabase.open(file)) {
            FakeClock clock = FakeClock.at(START);
            Institution bank = bank(database, clock);
            Totp phone = Totp.of(TotpProfile.BANK, secret);
            for (int i = 0; i <= last; i++) {
                Outcome<Registration> again =
                        bank.tokens().verify(TARO, phone.generate(clock.instant()), Purpose.LOGIN);
                assertEquals(Refusal.REPLAYED, refusal(again), "code " + i);
                clock.toNextStep(TotpProfile.BANK);
            }
            long recorded = bank.histories().read(TARO, 0, 100_000).stream()
                    .filter(event -> event.type() == EventType.CODE_ACCEPTED)
                    .count();
            assertTrue(last <= recorded && recorded <= last + 1);
        }
    }

    /** Output that the process wrote before the kill may still be in the pipe. */
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

    private static Institution bank(EmbeddedDatabase database, FakeClock clock) {
        KeySource keys = KeySource.of(
                "test", new SecretKeySpec(new byte[32], "AES"), new SecretKeySpec(new byte[32], "HmacSHA256"));
        return Institution.builder(TestInstitution.SERVICE_ID, database.tokenStore(), keys)
                .clock(clock)
                .policy(TestInstitution.POLICY)
                .build();
    }

    /** The child process. It spends a code in each time step and reports it, until it is killed. */
    public static void main(String[] args) {
        FakeClock clock = FakeClock.at(START);
        TokenService tokens =
                bank(EmbeddedDatabase.open(Path.of(args[0])), clock).tokens();
        OtpSecret secret = FakePhone.active(tokens, TARO, clock).secret();
        System.out.println(HexFormat.of().formatHex(secret.exposeBytes()));
        Totp phone = Totp.of(TotpProfile.BANK, secret);
        for (int spent = 1; ; spent++, clock.toNextStep(TotpProfile.BANK)) {
            Outcome<Registration> outcome = tokens.verify(TARO, phone.generate(clock.instant()), Purpose.LOGIN);
            if (!outcome.isAccepted()) {
                throw new IllegalStateException(outcome.toString());
            }
            System.out.println(spent);
        }
    }
}
