package dev.watchword.otp.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.HotpProfile;
import dev.watchword.otp.OtpProfile;
import dev.watchword.otp.TotpWindow;
import dev.watchword.otp.lifecycle.internal.machine.DriftRules;
import dev.watchword.otp.lifecycle.policy.CodePolicy;
import dev.watchword.otp.lifecycle.policy.LockPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Derives the table of odds in docs/codes.md from the policies, and from the steps that the library compares. */
@Tag("R1.4")
class GuessOddsTest {
    /** The number of truncated HMACs (RFC 4226 §5.3). */
    private static final long TRUNCATED = 1L << 31;

    private static final CodePolicy BANK = CodePolicy.BANK;
    private static final CodePolicy APP = CodePolicy.AUTHENTICATOR_APP;

    /** Returns the most steps that a code is compared with, over all drifts that the policy lets a token learn. */
    private static long steps(CodePolicy policy, TotpWindow window) {
        return IntStream.rangeClosed(-TotpWindow.MAX_DRIFT, TotpWindow.MAX_DRIFT)
                .map(drift -> DriftRules.capped(policy, policy.profile(), drift))
                .map(drift -> window.withDrift(drift).steps())
                .max()
                .orElseThrow();
    }

    /** Returns the number of truncated HMACs that end in the most frequent code. */
    private static long ofTheMostFrequent(int digits) {
        long codes = (long) Math.pow(10, digits);
        return (TRUNCATED + codes - 1) / codes;
    }

    private static String row(String name, long steps, OtpProfile profile) {
        long right = steps * ofTheMostFrequent(profile.digits());
        LockPolicy lock = LockPolicy.STANDARD;
        return String.format(
                Locale.ROOT,
                "| %s | %d of 10^%d | 1 in %,d | 1 in %,d | 1 in %,d |",
                name,
                steps,
                profile.digits(),
                TRUNCATED / right,
                TRUNCATED / (right * lock.failureLimit()),
                TRUNCATED / (right * lock.failureCeiling()));
    }

    @Test
    void thePageStatesTheOddsOfEachPreset() throws IOException {
        String page = Files.readString(Path.of("../docs/codes.md"));
        HotpProfile hotp = HotpProfile.STANDARD;
        List<String> rows = List.of(
                row("`BANK`", steps(BANK, BANK.window()), BANK.profile()),
                row("`BANK`, first code of a hardware token", steps(BANK, BANK.activationWindow()), BANK.profile()),
                row("`AUTHENTICATOR_APP`", steps(APP, APP.window()), APP.profile()),
                row("HOTP, 6 digits", BANK.lookAhead().atLogin() + 1, hotp),
                row("HOTP, 6 digits, first code", BANK.lookAhead().atActivation() + 1, hotp));

        assertTrue(page.contains(String.join("\n", rows) + "\n"), () -> String.join("\n", rows));
        assertEquals(40, 2 * APP.resynchronisationRange());
    }

    @Test
    void comparesAGuessWithTheStepsOfTwoWindowsAtMost() {
        assertEquals(6, steps(BANK, BANK.window()));
        assertEquals(41, steps(BANK, BANK.activationWindow()));
        assertEquals(6, steps(APP, APP.window()));
        assertEquals(3, BANK.window().steps());
        assertEquals(21, BANK.activationWindow().steps());
    }

    /** Counted for a smaller HMAC of 16 bits: no code is more frequent than the number of HMACs over codes, rounded up. */
    @Test
    void noCodeIsMoreFrequentThanTheRoundedUpShare() {
        int[] counts = new int[1_000];
        for (int truncated = 0; truncated < 1 << 16; truncated++) {
            counts[truncated % 1_000]++;
        }
        assertEquals(((1 << 16) + 999) / 1_000, IntStream.of(counts).max().orElseThrow());
        assertEquals(22, ofTheMostFrequent(8));
        assertEquals(2_148, ofTheMostFrequent(6));
    }
}
