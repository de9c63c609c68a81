package dev.watchword.otp.lifecycle.testing;

import dev.watchword.otp.OcraSuite;
import dev.watchword.otp.lifecycle.model.SealedSecret;
import dev.watchword.otp.lifecycle.model.SigningKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Signing keys with every value of every field. */
final class SigningShapes {
    private static final List<OcraSuite> SUITES = List.of(
            OcraSuite.parse("OCRA-1:HOTP-SHA1-6:QN08"),
            OcraSuite.parse("OCRA-1:HOTP-SHA1-8:C-QN08"),
            OcraSuite.parse("OCRA-1:HOTP-SHA256-10:QH64-T48H"),
            OcraSuite.parse("OCRA-1:HOTP-SHA512-0:C-QA64-T1M"));

    private static final List<Long> COUNTERS = List.of(0L, 1L, Long.MAX_VALUE);

    private static final List<Long> STEPS = List.of(SigningKey.NO_STEP, -1L, 0L, 29_000_000L, Long.MAX_VALUE);

    private SigningShapes() {}

    /** Returns the key of a token in stock, or {@code null} for each fifth number. */
    static @Nullable SigningKey stocked(int i) {
        if (i % 5 == 0) {
            return null;
        }
        OcraSuite suite = SUITES.get(i % SUITES.size());
        return SigningKey.builder()
                .suite(suite)
                .secret(new SealedSecret("鍵", new byte[] {(byte) i, 0, -128}))
                .nextCounter(suite.hasCounter() ? COUNTERS.get(i % COUNTERS.size()) : 0)
                .build();
    }

    /** Returns the key of a token in use, or {@code null} for each fifth number. */
    static @Nullable SigningKey used(int i) {
        SigningKey key = stocked(i);
        if (key == null) {
            return null;
        }
        return key.toBuilder()
                .counterUnknown(key.suite().hasCounter() && i % 3 != 0)
                .lastStep(key.suite().timeStep().isPresent() ? STEPS.get(i % STEPS.size()) : SigningKey.NO_STEP)
                .build();
    }
}
