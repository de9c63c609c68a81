package dev.watchword.otp.signing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.OcraSuite;
import dev.watchword.otp.support.SampleRequest;
import dev.watchword.otp.support.SampleSuite;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Properties of the encodings and the challenges of random requests. */
@Tag("R13.2")
class SigningProperties {
    /** Few short texts, whose concatenations are often equal, and texts that look like lengths and like other texts. */
    private static Arbitrary<String> texts(int max) {
        return Arbitraries.of("a", "b", "\u00e9", "e\u0301", "信", "😀", "0", " ", "\uffff", "\u200d")
                .list()
                .ofMaxSize(max)
                .map(pieces -> String.join("", pieces));
    }

    @Provide
    Arbitrary<TransactionDetails> details() {
        Arbitrary<String> names = texts(3).filter(name -> !name.isEmpty());
        return Combinators.combine(names, texts(3))
                .as(Map::entry)
                .list()
                .ofMinSize(1)
                .ofMaxSize(TransactionDetails.MAX_DETAILS)
                .uniqueElements(Map.Entry::getKey)
                .map(SigningProperties::built);
    }

    private static TransactionDetails built(List<Map.Entry<String, String>> entries) {
        TransactionDetails.Builder builder = TransactionDetails.builder();
        entries.forEach(entry -> builder.add(entry.getKey(), entry.getValue()));
        return builder.build();
    }

    @Provide
    Arbitrary<SigningRequest> requests() {
        Arbitrary<String> ids =
                Arbitraries.strings().withChars("0123456789abcdef").ofLength(32);
        Arbitrary<String> serials =
                Arbitraries.strings().withCharRange('!', '~').ofMinLength(1).ofMaxLength(64);
        Arbitrary<String> purposes = Combinators.combine(
                        Arbitraries.chars().range('a', 'z'),
                        Arbitraries.strings()
                                .withChars("abcdefghijklmnopqrstuvwxyz0123456789-")
                                .ofMaxLength(31))
                .as((first, rest) -> first + rest);
        Arbitrary<Instant> expiries = Arbitraries.longs()
                .between(-62_135_596_800_000_000L, 253_402_300_799_999_999L)
                .map(micros -> Instant.EPOCH
                        .plusSeconds(Math.floorDiv(micros, 1_000_000L))
                        .plusNanos(Math.floorMod(micros, 1_000_000L) * 1000));
        return Combinators.combine(
                        ids,
                        Arbitraries.strings().numeric().ofLength(8),
                        Arbitraries.strings().numeric().ofLength(12),
                        serials,
                        purposes,
                        ids,
                        expiries,
                        details())
                .as((id, service, user, serial, purpose, nonce, expiry, details) -> SigningRequest.builder()
                        .id(id)
                        .serviceId(service)
                        .userId(user)
                        .serial(serial)
                        .purpose(purpose)
                        .nonce(nonce)
                        .expiresAt(expiry)
                        .details(details)
                        .build());
    }

    @Property
    void decodesEachEncoding(@ForAll("requests") SigningRequest request) {
        assertEquals(request, SigningRequest.decode(request.encode()));
        assertEquals(
                request.details(), TransactionDetails.decode(request.details().encode()));
        assertTrue(request.encode().length <= SigningRequest.MAX_ENCODED_LENGTH);
    }

    /** The texts are few, so many pairs are near-collisions: they differ only in the place where a text ends. */
    @Property
    void noTwoDetailsHaveOneEncoding(
            @ForAll("details") TransactionDetails one, @ForAll("details") TransactionDetails other) {
        assertEquals(one.equals(other), Arrays.equals(one.encode(), other.encode()));
    }

    /** Moves a character over the border between two neighbouring texts. Their concatenation stays the same. */
    @Property
    void noShiftedBorderHasTheSameEncoding(
            @ForAll("details") TransactionDetails details, @ForAll @IntRange(max = 100) int where) {
        Map<String, String> values = new LinkedHashMap<>();
        details.forEach(values::put);
        List<Map.Entry<String, String>> entries = List.copyOf(values.entrySet());
        Map.Entry<String, String> entry = entries.get(where % entries.size());
        int end = entry.getKey().offsetByCodePoints(entry.getKey().length(), -1);
        String shorter = entry.getKey().substring(0, end);
        if (shorter.isEmpty() || values.containsKey(shorter)) {
            return;
        }
        TransactionDetails.Builder shifted = TransactionDetails.builder();
        entries.forEach(each -> shifted.add(
                each.equals(entry) ? shorter : each.getKey(),
                each.equals(entry) ? each.getKey().substring(end) + each.getValue() : each.getValue()));

        byte[] encoded = shifted.build().encode();

        assertEquals(details.encode().length, encoded.length);
        assertTrue(!Arrays.equals(details.encode(), encoded));
    }

    /** If one byte is changed, the reader rejects the bytes, or reads the only encoding of other details. */
    @Property
    void eachValueHasOneEncoding(
            @ForAll("details") TransactionDetails details, @ForAll @IntRange(max = 400) int index, @ForAll byte value) {
        byte[] bytes = details.encode();
        bytes[index % bytes.length] = value;
        try {
            assertArrayEquals(bytes, TransactionDetails.decode(bytes).encode());
        } catch (IllegalArgumentException e) {
            assertEquals(IllegalArgumentException.class, e.getClass());
        }
    }

    @Property
    void rejectsBytesThatAreCutExtendedOrRandom(
            @ForAll("details") TransactionDetails details,
            @ForAll @IntRange(max = 400) int cut,
            @ForAll @Size(max = 100) byte[] random) {
        byte[] bytes = details.encode();

        assertThrows(
                IllegalArgumentException.class,
                () -> TransactionDetails.decode(Arrays.copyOf(bytes, Math.max(0, bytes.length - 1 - cut))));
        assertThrows(
                IllegalArgumentException.class,
                () -> TransactionDetails.decode(Arrays.copyOf(bytes, bytes.length + 1)));
        assertThrows(IllegalArgumentException.class, () -> SigningRequest.decode(random));
    }

    @Provide
    Arbitrary<SampleSuite> suites() {
        return SampleSuite.any();
    }

    @Property
    void eachChallengeFitsItsSuiteAtFullLength(@ForAll("suites") SampleSuite sample, @ForAll @Size(32) byte[] digest) {
        OcraSuite suite = OcraSuite.parse(sample.text());

        String challenge = suite.digestChallenge(digest);

        assertEquals(suite.challengeLength(), challenge.length());
        assertTrue(suite.isChallenge(challenge));
        switch (suite.challengeFormat()) {
            case NUMERIC -> assertTrue(challenge.charAt(0) != '0', challenge);
            case HEXADECIMAL -> assertTrue(challenge.matches("[0-9a-f]*"), challenge);
            case ALPHANUMERIC -> assertTrue(challenge.matches("[0-9A-Za-z]*"), challenge);
        }
        String ofRequest = SampleRequest.request().challenge(suite);
        assertEquals(suite.digestChallenge(SampleRequest.request().digest()), ofRequest);
    }
}
