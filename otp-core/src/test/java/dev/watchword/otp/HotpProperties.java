package dev.watchword.otp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.watchword.otp.support.RfcSecrets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Properties of {@link Hotp} for random counters and look-aheads. */
@Tag("R1.1")
class HotpProperties {
    private static final Hotp HOTP = Hotp.of(new HotpProfile(HmacAlgorithm.SHA1, 9), RfcSecrets.of(HmacAlgorithm.SHA1));

    @Property(seed = "1")
    void matchesACodeInItsLookAheadOnly(
            @ForAll @LongRange(min = 0, max = Long.MAX_VALUE - 300) long counter,
            @ForAll @IntRange(max = Hotp.MAX_LOOK_AHEAD) int lookAhead,
            @ForAll @IntRange(max = 2 * Hotp.MAX_LOOK_AHEAD) int ahead) {
        Verification expected =
                ahead <= lookAhead ? new Verification.Matched(counter + ahead, ahead) : Verification.WRONG;

        assertEquals(expected, HOTP.verify(HOTP.generate(counter + ahead), counter, lookAhead));
    }
}
