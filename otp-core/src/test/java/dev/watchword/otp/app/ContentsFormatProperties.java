package dev.watchword.otp.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.OcraSuite;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Properties of {@link ContentsFormat} and of sealed answers for random contents. */
@Tag("R4.3")
class ContentsFormatProperties {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final long FIRST = Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST = Instant.parse("9999-12-31T23:59:58Z").getEpochSecond();

    private static Arbitrary<String> serials() {
        return Arbitraries.strings().withCharRange('!', '~').ofMinLength(1).ofMaxLength(64);
    }

    @Provide
    Arbitrary<TokenContents> contents() {
        Arbitrary<TotpProfile> profiles = Combinators.combine(
                        Arbitraries.of(HmacAlgorithm.class),
                        Arbitraries.integers().between(6, 9),
                        Arbitraries.longs().between(1, 86_400),
                        Arbitraries.longs().between(FIRST, LAST))
                .as((algorithm, digits, step, t0) ->
                        new TotpProfile(algorithm, digits, Duration.ofSeconds(step), Instant.ofEpochSecond(t0)));
        Arbitrary<OtpSecret> secrets = Arbitraries.bytes()
                .array(byte[].class)
                .ofMinSize(16)
                .ofMaxSize(256)
                .map(OtpSecret::copyOf);
        Arbitrary<Instant> starts = Arbitraries.longs().between(FIRST, LAST).map(Instant::ofEpochSecond);
        Arbitrary<Long> lives = Arbitraries.longs().between(1, 999_999_999);
        Arbitrary<TokenContents> showing = Combinators.combine(
                        secrets, profiles, serials(), names(), digits(8, 8), digits(12, 12), starts, lives)
                .as((secret, profile, serial, name, service, user, start, nanos) -> TokenContents.builder()
                        .secret(secret)
                        .profile(profile)
                        .serial(serial)
                        .institution(name)
                        .serviceId(service)
                        .userId(user)
                        .start(start)
                        .expiry(start.plusNanos(nanos))
                        .build());
        Arbitrary<OcraSuite> suites = Combinators.combine(
                        Arbitraries.of(HmacAlgorithm.class),
                        Arbitraries.of(0, 4, 8, 10),
                        Arbitraries.of("QN64", "QA04", "QH8", "QH64"))
                .as((algorithm, digits, challenge) ->
                        OcraSuite.parse("OCRA-1:HOTP-" + algorithm + "-" + digits + ":" + challenge));
        Arbitrary<TokenContents> signing = Combinators.combine(showing, secrets, suites)
                .as((contents, secret, suite) -> contents.toBuilder()
                        .signingSecret(secret.equals(contents.secret()) ? OtpSecret.copyOf(new byte[99]) : secret)
                        .signingSuite(suite)
                        .build());
        return Arbitraries.oneOf(showing, signing);
    }

    private static Arbitrary<String> digits(int min, int max) {
        return Arbitraries.strings().numeric().ofMinLength(min).ofMaxLength(max);
    }

    private static Arbitrary<String> names() {
        return Arbitraries.of("信", "用", "é", "e\u0301", "😀", "ı", "A", " ", "\uffff", "\"")
                .list()
                .ofMinSize(1)
                .ofMaxSize(50)
                .map(pieces -> String.join("", pieces).strip())
                .filter(name -> !name.isEmpty());
    }

    @Property
    void readsBackEachWrittenValue(@ForAll("contents") TokenContents contents) {
        byte[] bytes = ContentsFormat.write(contents);

        assertEquals(contents, ContentsFormat.read(bytes));
        assertTrue(bytes.length <= ContentsFormat.MAX_LENGTH);
    }

    @Property(tries = 200)
    void opensEachSealedValue(@ForAll("contents") TokenContents contents, @ForAll DeviceKeyType type) {
        DeviceKey device = DeviceKey.generate(type, RANDOM);

        byte[] sent = SealedAnswer.seal(contents, device.publicKey(), RANDOM).toBytes();

        assertEquals(
                Optional.of(contents),
                device.open(SealedAnswer.fromBytes(sent), contents.serviceId(), contents.userId()));
    }

    @Property
    void rejectsBytesThatAreCutOrExtended(
            @ForAll("contents") TokenContents contents, @ForAll @IntRange(max = 700) int cut) {
        byte[] bytes = ContentsFormat.write(contents);

        assertThrows(
                IllegalArgumentException.class,
                () -> ContentsFormat.read(Arrays.copyOf(bytes, Math.max(0, bytes.length - 1 - cut))));
        assertThrows(IllegalArgumentException.class, () -> ContentsFormat.read(Arrays.copyOf(bytes, bytes.length + 1)));
    }

    /** If one byte is changed, the reader rejects the bytes, or reads the only encoding of another value. */
    @Property
    void eachValueHasOneEncoding(
            @ForAll("contents") TokenContents contents, @ForAll @IntRange(max = 700) int index, @ForAll byte value) {
        byte[] bytes = ContentsFormat.write(contents);
        bytes[index % bytes.length] = value;
        try {
            assertArrayEquals(bytes, ContentsFormat.write(ContentsFormat.read(bytes)));
        } catch (IllegalArgumentException e) {
            assertEquals(IllegalArgumentException.class, e.getClass());
        }
    }

    @Property
    void rejectsRandomBytes(@ForAll @Size(max = 700) byte[] bytes) {
        assertThrows(IllegalArgumentException.class, () -> ContentsFormat.read(bytes));
    }
}
