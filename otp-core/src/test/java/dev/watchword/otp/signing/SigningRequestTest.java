package dev.watchword.otp.signing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.OcraSuite;
import dev.watchword.otp.support.SampleRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of {@link SigningRequest}: its bounds, its encoding, its digest and its challenges. */
@Tag("R13.2")
class SigningRequestTest {
    private static final OcraSuite WHOLE_DIGEST = OcraSuite.parse("OCRA-1:HOTP-SHA256-8:QH64");
    private static final SigningRequest REQUEST = SampleRequest.request();

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static String sized(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return hex(new byte[] {(byte) (bytes.length >> 8), (byte) bytes.length}) + hex(bytes);
    }

    /** The server and the app derive the digest independently, so this test repeats the bytes. */
    @Test
    void keepsItsEncodingAndItsDigest() throws Exception {
        String expected = "01" + sized("00112233445566778899aabbccddeeff") + sized("10112235") + sized("999800000001")
                + sized("243725864") + sized("funds-transfer") + sized("f0e1d2c3b4a5968778695a4b3c2d1e0f")
                + "0008" + "00051e2cdbe27901"
                + "0105" + sized("受取人") + sized("とまと商店") + sized("account") + sized("0123-4567890") + sized("amount")
                + sized("20000") + sized("currency") + sized("JPY") + sized("reference") + sized("");

        assertEquals(expected, hex(REQUEST.encode()));
        byte[] input = HexFormat.of()
                .parseHex(hex("Watchword signing request".getBytes(StandardCharsets.US_ASCII)) + "00" + expected);
        String digest = hex(MessageDigest.getInstance("SHA-256").digest(input));
        assertEquals(digest, hex(REQUEST.digest()));
        assertEquals(digest, REQUEST.challenge(WHOLE_DIGEST));
        assertEquals(digest.substring(0, 10), REQUEST.challenge(OcraSuite.parse("OCRA-1:HOTP-SHA1-6:C-QH10-PSHA1")));
    }

    @Test
    void isTheSameAfterARoundTrip() {
        assertEquals(REQUEST, SigningRequest.decode(REQUEST.encode()));
        assertEquals(REQUEST, REQUEST.toBuilder().build());
        assertEquals(REQUEST.hashCode(), REQUEST.toBuilder().build().hashCode());
        assertNotEquals(
                REQUEST.hashCode(),
                REQUEST.toBuilder().id("0".repeat(32)).build().hashCode());
        assertEquals("00112233445566778899aabbccddeeff", REQUEST.id());
        assertEquals("10112235", REQUEST.serviceId());
        assertEquals("999800000001", REQUEST.userId());
        assertEquals("243725864", REQUEST.serial());
        assertEquals("funds-transfer", REQUEST.purpose());
        assertEquals("f0e1d2c3b4a5968778695a4b3c2d1e0f", REQUEST.nonce());
        assertEquals(SampleRequest.EXPIRY, REQUEST.expiresAt());
        assertEquals(SampleRequest.details(), REQUEST.details());
    }

    /** Returns every request that differs from the sample in one place. */
    private static List<SigningRequest> changed() {
        List<SigningRequest> changed = new ArrayList<>(List.of(
                REQUEST.toBuilder().serviceId("10112236").build(),
                REQUEST.toBuilder().userId("999800000002").build(),
                REQUEST.toBuilder().serial("243725865").build(),
                REQUEST.toBuilder().serial("24372586").build(),
                REQUEST.toBuilder()
                        .expiresAt(SampleRequest.EXPIRY.plusNanos(1000))
                        .build(),
                REQUEST.toBuilder()
                        .expiresAt(SampleRequest.EXPIRY.minusSeconds(1))
                        .build()));
        for (int i = 0; i < 32; i++) {
            changed.add(REQUEST.toBuilder().id(withOtherDigit(REQUEST.id(), i)).build());
            changed.add(REQUEST.toBuilder()
                    .nonce(withOtherDigit(REQUEST.nonce(), i))
                    .build());
        }
        changedPurposes()
                .forEach(purpose ->
                        changed.add(REQUEST.toBuilder().purpose(purpose).build()));
        changedDetails()
                .forEach(details ->
                        changed.add(REQUEST.toBuilder().details(details).build()));
        return changed;
    }

    private static String withOtherDigit(String digits, int index) {
        char other = digits.charAt(index) == '0' ? '1' : '0';
        return digits.substring(0, index) + other + digits.substring(index + 1);
    }

    /** Changes, drops and repeats each character of the purpose, and returns the results that are purposes. */
    private static List<String> changedPurposes() {
        List<String> changed = new ArrayList<>();
        for (int i = 0; i < REQUEST.purpose().length(); i++) {
            StringBuilder other = new StringBuilder(REQUEST.purpose());
            other.setCharAt(i, other.charAt(i) == 'x' ? 'y' : 'x');
            changed.add(other.toString());
            changed.add(new StringBuilder(REQUEST.purpose()).deleteCharAt(i).toString());
            changed.add(new StringBuilder(REQUEST.purpose())
                    .insert(i, REQUEST.purpose().charAt(i))
                    .toString());
        }
        changed.add(REQUEST.purpose() + "2");
        changed.add("login");
        return changed;
    }

    /** Changes each character of each text, drops and repeats each one, and drops and swaps whole details. */
    private static List<TransactionDetails> changedDetails() {
        List<String> texts = new ArrayList<>();
        SampleRequest.details().forEach((name, value) -> texts.addAll(List.of(name, value)));
        List<TransactionDetails> changed = new ArrayList<>();
        for (int text = 0; text < texts.size(); text++) {
            String original = texts.get(text);
            changed.add(detailsWith(texts, text, original + "x"));
            for (int i = 0; i < original.length(); i++) {
                String before = original.substring(0, i);
                String after = original.substring(i + 1);
                char next = (char) (original.charAt(i) + 1);
                changed.add(detailsWith(texts, text, before + next + after));
                changed.add(detailsWith(texts, text, before + after));
                changed.add(detailsWith(texts, text, before + original.charAt(i) + original.charAt(i) + after));
            }
        }
        for (int first = 0; first < texts.size(); first += 2) {
            List<String> fewer = new ArrayList<>(texts);
            fewer.subList(first, first + 2).clear();
            changed.add(details(fewer));
            for (int second = first + 2; second < texts.size(); second += 2) {
                List<String> swapped = new ArrayList<>(texts);
                swapped.set(first, texts.get(second));
                swapped.set(first + 1, texts.get(second + 1));
                swapped.set(second, texts.get(first));
                swapped.set(second + 1, texts.get(first + 1));
                changed.add(details(swapped));
            }
        }
        texts.addAll(List.of("more", ""));
        changed.add(details(texts));
        return changed;
    }

    private static TransactionDetails detailsWith(List<String> texts, int index, String text) {
        List<String> all = new ArrayList<>(texts);
        all.set(index, text);
        return details(all);
    }

    private static TransactionDetails details(List<String> texts) {
        TransactionDetails.Builder builder = TransactionDetails.builder();
        for (int i = 0; i < texts.size(); i += 2) {
            builder.add(texts.get(i), texts.get(i + 1));
        }
        return builder.build();
    }

    @Test
    void everySingleChangeGivesAnotherChallenge() {
        List<SigningRequest> changed = changed();
        Set<String> challenges = new HashSet<>(Set.of(REQUEST.challenge(WHOLE_DIGEST)));
        Set<SigningRequest> requests = new HashSet<>(Set.of(REQUEST));
        Set<String> encodings = new HashSet<>(Set.of(hex(REQUEST.encode())));

        for (SigningRequest request : changed) {
            assertNotEquals(REQUEST, request);
            assertEquals(requests.add(request), challenges.add(request.challenge(WHOLE_DIGEST)), request::toString);
            encodings.add(hex(request.encode()));
        }
        assertTrue(challenges.size() > 200, "changes: " + challenges.size());
        assertEquals(challenges.size(), encodings.size());
    }

    @Test
    void noChangedByteDecodesToTheSameRequest() {
        byte[] bytes = REQUEST.encode();

        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                SigningRequest other = SigningRequest.decode(bytes);
                assertNotEquals(REQUEST, other, "bit " + bit);
                assertEquals(hex(bytes), hex(other.encode()));
            } catch (IllegalArgumentException e) {
                assertEquals(IllegalArgumentException.class, e.getClass());
            }
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
        }
        for (int length = 0; length <= bytes.length + 1; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            if (length != bytes.length) {
                assertThrows(IllegalArgumentException.class, () -> SigningRequest.decode(cut));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0001-01-01T00:00:00Z", "1969-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z"})
    void restoresInstantsAtTheBounds(Instant instant) {
        SigningRequest request = REQUEST.toBuilder().expiresAt(instant).build();

        assertEquals(request, SigningRequest.decode(request.encode()));
    }

    @Test
    void namesTheValueThatIsMalformed() {
        String digits = "0".repeat(32);
        assertRejected("id must be", REQUEST.toBuilder().id(digits.substring(1)));
        assertRejected("id must be", REQUEST.toBuilder().id(digits + "0"));
        for (String wrong : List.of("A", "g", "/", ":", "`", "０")) {
            assertRejected("id must be", REQUEST.toBuilder().id(wrong + digits.substring(1)));
        }
        assertRejected("nonce must be 32", REQUEST.toBuilder().nonce("F" + digits.substring(1)));
        assertRejected("service ID must be 8", REQUEST.toBuilder().serviceId("1011223"));
        assertRejected("user ID must be 12", REQUEST.toBuilder().userId("99980000000x"));
        assertRejected("serial number must be", REQUEST.toBuilder().serial("24 "));
        for (String wrong :
                List.of("", "Transfer", "2transfer", "-transfer", "funds transfer", "a_b", "送金", "x".repeat(33))) {
            assertRejected("purpose must be 1 to 32", REQUEST.toBuilder().purpose(wrong));
        }
        assertRejected("whole microseconds", REQUEST.toBuilder().expiresAt(SampleRequest.EXPIRY.plusNanos(1)));
        assertRejected("years 1 to 9999", REQUEST.toBuilder().expiresAt(Instant.parse("+10000-01-01T00:00:00Z")));
        assertRejected("years 1 to 9999", REQUEST.toBuilder().expiresAt(Instant.parse("0000-12-31T23:59:59Z")));
        assertEquals(
                "details",
                assertThrows(
                                NullPointerException.class,
                                () -> SigningRequest.builder()
                                        .id(digits)
                                        .serviceId("10112235")
                                        .userId("999800000001")
                                        .serial("1")
                                        .purpose("login")
                                        .nonce(digits)
                                        .expiresAt(Instant.EPOCH)
                                        .build())
                        .getMessage());
    }

    private static void assertRejected(String rule, SigningRequest.Builder builder) {
        var e = assertThrows(IllegalArgumentException.class, builder::build);
        assertTrue(e.toString().contains(rule), e.toString());
    }

    @Test
    void hasABoundedLength() {
        TransactionDetails.Builder details = TransactionDetails.builder();
        for (int i = 0; i < TransactionDetails.MAX_DETAILS; i++) {
            details.add("信".repeat(63) + (char) ('ア' + i), "信".repeat(256));
        }
        SigningRequest longest = REQUEST.toBuilder()
                .serial("~".repeat(64))
                .purpose("z".repeat(32))
                .details(details.build())
                .build();

        assertEquals(SigningRequest.MAX_ENCODED_LENGTH, longest.encode().length);
        assertEquals(longest, SigningRequest.decode(longest.encode()));
    }

    @Test
    @Tag("R10.2")
    void showsNoDetailAndNoNonce() {
        String text = REQUEST.toString();

        assertEquals(
                "SigningRequest[id=00112233445566778899aabbccddeeff, serviceId=10112235, userId=999800000001,"
                        + " serial=243725864, purpose=funds-transfer, expiresAt=2015-08-26T01:35:00.000001Z, TransactionDetails[size=5]]",
                text);
        assertFalse(text.contains("20000") || text.contains("f0e1"), text);
    }
}
