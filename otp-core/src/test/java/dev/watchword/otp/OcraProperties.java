package dev.watchword.otp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.support.OcraReference;
import dev.watchword.otp.support.Reader;
import dev.watchword.otp.support.SampleSuite;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** Properties of {@link Ocra} and {@link OcraSuite} for random suites, inputs and texts. */
@Tag("R13.1")
class OcraProperties {
    private static final SecureRandom RANDOM = new SecureRandom();

    @Provide
    Arbitrary<SampleSuite> suites() {
        return SampleSuite.any();
    }

    private static OcraSuite parsed(SampleSuite sample) {
        return OcraSuite.parse(sample.text());
    }

    private static Ocra ocra(OcraSuite suite, byte[] secret) {
        return Ocra.of(suite, OtpSecret.copyOf(secret));
    }

    /** Returns an input with each part that the suite has. */
    private static OcraInput input(OcraSuite suite, String challenge, long counter, String pin, Instant time) {
        OcraInput input = OcraInput.of(challenge);
        input = suite.hasCounter() ? input.withCounter(counter) : input;
        input = suite.pinHash().isPresent() ? input.withPin(pin) : input;
        input = suite.sessionLength() > 0 ? input.withSession(new byte[] {1, 2, 3}) : input;
        return suite.timeStep().isPresent() ? input.withTime(time) : input;
    }

    @Property
    void aSuiteSurvivesARoundTrip(@ForAll("suites") SampleSuite sample) {
        OcraSuite suite = parsed(sample);

        assertEquals(sample.text(), suite.text());
        assertEquals(suite, OcraSuite.parse(suite.text()));
        assertEquals(sample.algorithm(), suite.algorithm());
        assertEquals(sample.digits(), suite.digits());
        assertEquals(sample.counter(), suite.hasCounter());
        assertEquals(sample.format(), suite.challengeFormat());
        assertEquals(sample.length(), suite.challengeLength());
        assertEquals(sample.pin(), suite.pinHash().map(HmacAlgorithm::name).orElse(""));
        assertEquals(sample.session(), suite.sessionLength());
        assertEquals(
                sample.step().isEmpty() ? Optional.empty() : Optional.of(Duration.parse("PT" + sample.step())),
                suite.timeStep());
    }

    @Property
    void otherTextIsRejectedOrReadUnchanged(@ForAll("suites") SampleSuite sample, @ForAll @Size(2) List<Short> where) {
        StringBuilder text = new StringBuilder(sample.text());
        int at = Math.floorMod(where.get(0), text.length());
        text.setCharAt(at, (char) Math.floorMod(where.get(1), 128));
        String changed = text.toString();

        Optional<OcraSuite> read = Reader.valueOf(() -> OcraSuite.parse(changed));

        assertTrue(read.isEmpty() || read.get().text().equals(changed));
    }

    /** The reference composes the message from padded hexadecimal texts, as the RFC's appendix A does. */
    @Property
    void agreesWithTheReference(
            @ForAll("suites") SampleSuite sample,
            @ForAll @Size(min = 16, max = 130) byte[] secret,
            @ForAll @LongRange(min = 0) long counter,
            @ForAll @LongRange(min = 0, max = 253_402_300_799L) long second)
            throws Exception {
        OcraSuite suite = parsed(sample);
        String challenge = suite.randomChallenge(RANDOM);
        challenge = challenge.substring(RANDOM.nextInt(challenge.length()));
        Instant time = Instant.ofEpochSecond(second);

        StringBuilder rest = new StringBuilder();
        if (suite.pinHash().isPresent()) {
            String name = suite.pinHash().get().digestName();
            rest.append(HexFormat.of()
                    .formatHex(MessageDigest.getInstance(name).digest("9876".getBytes(StandardCharsets.US_ASCII))));
        }
        rest.append(OcraReference.left(suite.sessionLength() > 0 ? "010203" : "", 2 * suite.sessionLength()));
        if (suite.timeStep().isPresent()) {
            long step = second / suite.timeStep().get().toSeconds();
            rest.append(OcraReference.left(Long.toHexString(step), 16));
        }
        String expected = OcraReference.response(
                sample.text(),
                secret,
                suite.hasCounter() ? OcraReference.left(Long.toHexString(counter), 16) : "",
                OcraReference.challenge(sample.format().letter(), challenge),
                rest.toString(),
                sample.digits());

        OcraInput input = input(suite, challenge, counter, "9876", time);
        Ocra ocra = ocra(suite, secret);
        assertEquals(expected, ocra.generate(input));
        assertEquals(expected, ocra.generate(input), "of a prepared secret");
        assertEquals(suite.responseLength(), expected.length());
        assertTrue(suite.isResponse(expected));
        assertInstanceOf(OcraVerification.Matched.class, ocra.verify(expected, input));
    }

    /** Without truncation, so that no two responses are equal by chance. */
    @Property
    void eachPartOfTheInputChangesTheResponse(
            @ForAll("suites") SampleSuite sample,
            @ForAll @Size(20) byte[] secret,
            @ForAll @LongRange(min = 0, max = Long.MAX_VALUE - 1) long counter,
            @ForAll @LongRange(min = 0, max = 253_402_300_799L) long second) {
        OcraSuite suite = parsed(sample.withDigits(0));
        Ocra ocra = ocra(suite, secret);
        String challenge = suite.randomChallenge(RANDOM);
        Instant time = Instant.ofEpochSecond(second);
        OcraInput input = input(suite, challenge, counter, "1234", time);
        String response = ocra.generate(input);

        List<OcraInput> others = new ArrayList<>();
        String other = suite.randomChallenge(RANDOM);
        if (!other.equals(challenge)) {
            others.add(input(suite, other, counter, "1234", time));
        }
        if (suite.hasCounter()) {
            others.add(input.withCounter(counter + 1));
        }
        if (suite.pinHash().isPresent()) {
            others.add(input.withPin("1235"));
        }
        if (suite.sessionLength() > 0) {
            others.add(input.withSession(new byte[] {1, 2, 4}));
            others.add(input.withSession(new byte[] {1, 2, 3, 0}));
        }
        if (suite.timeStep().isPresent()) {
            others.add(input.withTime(time.plus(suite.timeStep().get())));
        }
        for (OcraInput changed : others) {
            assertNotEquals(response, ocra.generate(changed));
            assertEquals(OcraVerification.WRONG, ocra.verify(response, changed));
        }
        byte[] otherSecret = secret.clone();
        otherSecret[19] ^= 1;
        assertEquals(OcraVerification.WRONG, ocra(suite, otherSecret).verify(response, input));
    }

    /** Every single character of a challenge of full length counts, except the case of a hexadecimal digit. */
    @Property(tries = 200)
    void eachCharacterOfAFullChallengeChangesTheResponse(
            @ForAll("suites") SampleSuite sample, @ForAll @Size(20) byte[] secret) {
        OcraSuite suite = OcraSuite.parse(
                new SampleSuite(sample.algorithm(), 0, false, sample.format(), sample.length(), "", 0, "").text());
        Ocra ocra = ocra(suite, secret);
        String challenge = suite.randomChallenge(RANDOM);
        String response = ocra.generate(OcraInput.of(challenge));

        for (int i = 0; i < challenge.length(); i++) {
            char changed = challenge.charAt(i) == '1' ? '2' : '1';
            String other = challenge.substring(0, i) + changed + challenge.substring(i + 1);
            assertNotEquals(response, ocra.generate(OcraInput.of(other)));
        }
    }

    @Property
    void allMessagesOfASuiteHaveOneLength(
            @ForAll("suites") SampleSuite sample, @ForAll @LongRange(min = 0) long counter) {
        OcraSuite suite = parsed(sample);
        int expected = sample.text().length()
                + 1
                + (sample.counter() ? 8 : 0)
                + 128
                + suite.pinHash().map(HmacAlgorithm::hashLength).orElse(0)
                + sample.session()
                + (sample.step().isEmpty() ? 0 : 8);

        for (String challenge : List.of("1", suite.randomChallenge(RANDOM))) {
            try (OcraMessage message = OcraMessage.of(suite, input(suite, challenge, counter, "1", Instant.EPOCH))) {
                assertEquals(expected, message.bytes().length);
            }
        }
    }

    /** The text of the suite is part of the message. Two suites that take the same input give different responses. */
    @Property
    void aResponseIsWrongUnderAnotherSuite(
            @ForAll("suites") SampleSuite first,
            @ForAll("suites") SampleSuite second,
            @ForAll @Size(64) byte[] secret) {
        SampleSuite one = first.withDigits(0);
        for (SampleSuite two : List.of(
                new SampleSuite(
                        one.algorithm(),
                        0,
                        one.counter(),
                        one.format(),
                        second.length(),
                        one.pin(),
                        one.session(),
                        one.step()),
                new SampleSuite(
                        one.algorithm(),
                        0,
                        second.counter(),
                        second.format(),
                        second.length(),
                        second.pin(),
                        second.session(),
                        second.step()))) {
            Assume.that(!one.text().equals(two.text()));
            OcraSuite suite = parsed(one);
            OcraSuite other = parsed(two);
            String response = ocra(suite, secret).generate(input(suite, "1234", 5, "1", Instant.EPOCH));

            assertEquals(
                    OcraVerification.WRONG,
                    ocra(other, secret).verify(response, input(other, "1234", 5, "1", Instant.EPOCH)));
        }
    }

    /** A constant response is right for a few challenges only, as often as chance allows. */
    @Property(tries = 20)
    void noConstantResponseVerifies(@ForAll("suites") SampleSuite sample, @ForAll @Size(20) byte[] secret) {
        OcraSuite suite = parsed(sample);
        Ocra ocra = ocra(suite, secret);
        for (String constant : List.of("0", "1", "9")) {
            String response = constant.repeat(suite.responseLength());
            int matched = 0;
            for (int i = 0; i < 50; i++) {
                OcraInput input = input(suite, suite.randomChallenge(RANDOM), i, "1", Instant.EPOCH);
                matched += ocra.verify(response, input) instanceof OcraVerification.Matched ? 1 : 0;
            }
            assertTrue(matched <= 3, matched + " of 50 challenges have the response " + response);
        }
    }

    @Property(tries = 200)
    void mutualResponsesDependOnBothChallengesAndTheirOrder(
            @ForAll("suites") SampleSuite sample, @ForAll @Size(20) byte[] secret) {
        OcraSuite suite = OcraSuite.parse(
                new SampleSuite(sample.algorithm(), 0, false, sample.format(), sample.length(), "", 0, "").text());
        Ocra ocra = ocra(suite, secret);
        String client = suite.randomChallenge(RANDOM);
        String server = suite.randomChallenge(RANDOM);
        String other = suite.randomChallenge(RANDOM);
        Assume.that(!client.equals(server) && !client.equals(other) && !server.equals(other));
        String response = ocra.generate(OcraInput.ofClient(client, server));

        assertNotEquals(response, ocra.generate(OcraInput.ofServer(client, server)));
        assertEquals(response, ocra.generate(OcraInput.ofServer(server, client)));
        assertNotEquals(response, ocra.generate(OcraInput.ofClient(other, server)));
        assertNotEquals(response, ocra.generate(OcraInput.ofClient(client, other)));
    }
}
