package dev.watchword.otp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Compares TOTP, HOTP and Base32 with oathtool, another implementation, which must be installed. The default test run
 * excludes this class. Run it with {@code mvn -pl otp-core test -Dtest=OathtoolComparison}.
 */
@Tag("R1.1")
class OathtoolComparison {
    private static final List<HmacAlgorithm> ALGORITHMS = List.of(HmacAlgorithm.values());
    private static final int CASES = 10_000;

    /**
     * The source of the cases, the same ones in each run. {@code -Dtest.jvm=-Dseed=1} selects other cases. A failure
     * names its case.
     */
    private final Random random = new Random(Long.getLong("seed", 20261123));

    @Test
    void agreesWithOathtoolOnTenThousandCases() throws Exception {
        for (int i = 0; i < CASES; i++) {
            if (i % 2 == 0) {
                compareTotp();
            } else {
                compareHotp();
            }
        }
    }

    private void compareTotp() throws Exception {
        HmacAlgorithm algorithm = ALGORITHMS.get(random.nextInt(ALGORITHMS.size()));
        int digits = 6 + random.nextInt(3);
        long step = 1L + random.nextInt(random.nextBoolean() ? 120 : 86_400);
        long t0 = random.nextBoolean() ? 0 : random.nextInt(1_000_000_000);
        long now = t0 + (random.nextLong() >>> 24);
        OtpSecret secret = randomSecret();

        compare(
                secret,
                Totp.of(new TotpProfile(algorithm, digits, Duration.ofSeconds(step), Instant.ofEpochSecond(t0)), secret)
                        .generate(Instant.ofEpochSecond(now)),
                "--totp=" + algorithm.name(),
                "--digits=" + digits,
                "--time-step-size=" + step + "s",
                "--start-time=@" + t0,
                "--now=@" + now);
    }

    private void compareHotp() throws Exception {
        int digits = 6 + random.nextInt(3);
        long counter = random.nextLong() >>> (1 + random.nextInt(62));
        OtpSecret secret = randomSecret();

        compare(
                secret,
                Hotp.of(new HotpProfile(HmacAlgorithm.SHA1, digits), secret).generate(counter),
                "--hotp",
                "--digits=" + digits,
                "--counter=" + counter);
    }

    /** Passes the secret to oathtool in Base32. Compares its Base32, its hexadecimal digits and its code. */
    private static void compare(OtpSecret secret, String code, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("oathtool", "--verbose", "--base32"));
        Collections.addAll(command, options);
        String base32 = Base32Text.encodeUnpadded(secret.bytes());
        command.add(base32);
        List<String> lines = output(command);

        String hex = valueOf("Hex secret: ", lines);
        assertEquals(HexFormat.of().formatHex(secret.bytes()), hex, () -> "oathtool must agree: " + command);
        assertEquals(secret, OtpSecret.fromHex(hex));
        assertEquals(
                secret,
                OtpSecret.fromBase32(valueOf("Base32 secret: ", lines)),
                () -> "oathtool must agree: " + command);
        assertEquals(secret, OtpSecret.fromTypedBase32(base32));
        assertEquals(lines.get(lines.size() - 1), code, () -> "oathtool must agree: " + command);
    }

    private OtpSecret randomSecret() {
        byte[] bytes = new byte[OtpSecret.MIN_LENGTH + random.nextInt(120)];
        random.nextBytes(bytes);
        return OtpSecret.copyOf(bytes);
    }

    private static String valueOf(String label, List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith(label))
                .map(line -> line.substring(label.length()))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> output(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertEquals(0, process.waitFor(), () -> command + " must succeed, but printed: " + output);
        return output.lines().toList();
    }
}
