package dev.watchword.otp;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.watchword.otp.support.RfcSecrets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.LongRange;

/** A code in groups or in full-width digits becomes a code. No other text does. */
@Tag("R1.3")
class TypedCodeProperties {
    private static final String SPACES = " \u00a0\u2007\u2009\u202f\u3000";
    private static final String HYPHENS = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d\u30fc\uff70";
    private static final Totp TOTP = Totp.of(TotpProfile.BANK, RfcSecrets.of(HmacAlgorithm.SHA1));

    /** One or more spaces and hyphens. */
    @Provide
    Arbitrary<String> gaps() {
        return Arbitraries.strings().withChars(SPACES + HYPHENS).ofMinLength(1).ofMaxLength(3);
    }

    @Provide
    Arbitrary<String> blanks() {
        return Arbitraries.strings().withChars(SPACES).ofMaxLength(3);
    }

    /** Text of digits in several scripts, letters, signs and separators. */
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withChars("0123456789" + SPACES + HYPHENS + "+.,x\u0661\u06f1\u0967\uff11\uff19\uff0f\uff1a\t\n\u200b")
                .ofMaxLength(14);
    }

    private static String fullWidth(String digits) {
        return digits.chars()
                .mapToObj(digit -> String.valueOf((char) (digit - '0' + '\uff10')))
                .collect(Collectors.joining());
    }

    @Property(seed = "1")
    void aRightCodeInGroupsIsAccepted(
            @ForAll @LongRange(max = 4_000_000_000L) long second,
            @ForAll("gaps") String gap,
            @ForAll("blanks") String before,
            @ForAll("blanks") String after,
            @ForAll boolean wide) {
        Instant now = Instant.ofEpochSecond(second);
        String code = TOTP.generate(now);
        String shown = wide ? fullWidth(code) : code;
        String typed = before + shown.substring(0, 4) + gap + shown.substring(4) + after;

        assertEquals(code, TypedCode.normalise(typed));
        assertEquals(
                new Verification.Matched(TotpProfile.BANK.stepAt(now), 0),
                TOTP.verify(requireNonNull(TypedCode.normalise(typed)), now, TotpWindow.ONE_STEP, Totp.NO_STEP));
    }

    @Property(seed = "1")
    void onlyFullWidthDigitsAndSeparatorsChange(@ForAll("texts") String text) {
        String result = requireNonNull(TypedCode.normalise(text));

        assertEquals(withoutSeparators(text), withoutSeparators(result));
    }

    private static String withoutSeparators(String text) {
        return text.chars()
                .filter(c -> (SPACES + HYPHENS).indexOf(c) < 0)
                .map(c -> c >= '\uff10' && c <= '\uff19' ? c - '\uff10' + '0' : c)
                .mapToObj(c -> String.valueOf((char) c))
                .collect(Collectors.joining());
    }

    @Property(seed = "1")
    void aSecondCallChangesNothing(@ForAll("texts") String text) {
        String once = TypedCode.normalise(text);

        assertEquals(once, TypedCode.normalise(once));
    }

    @Property(seed = "1")
    void aHyphenAtAnEndStays(@ForAll("gaps") String gap) {
        boolean blank = gap.chars().allMatch(c -> SPACES.indexOf(c) >= 0);

        assertEquals(blank ? "12345678" : gap + "12345678", TypedCode.normalise(gap + "12345678"));
        assertEquals(blank ? "12345678" : "12345678" + gap, TypedCode.normalise("12345678" + gap));
    }

    @Example
    void textThatIsNoCodeStaysAsItIs() {
        for (String text :
                List.of("", " ", "-", " - ", "1234-x678", "x 12345678", "12345678 x", "+12345678", "12.34")) {
            assertEquals(text, TypedCode.normalise(text));
        }
        assertEquals("\u0661234", TypedCode.normalise("\u0661234"));
        assertNull(TypedCode.normalise(null));
    }

    @Example
    void readsTheCodesOfTheRulesPage() {
        assertEquals("12345678", TypedCode.normalise("\uff11\uff12\uff13\uff14\u3000\uff15\uff16\uff17\uff18"));
        assertEquals("12345678", TypedCode.normalise("1234 - 5678"));
        assertEquals("12345678", TypedCode.normalise("12\u30fc34\uff0d56\u221278"));
    }
}
