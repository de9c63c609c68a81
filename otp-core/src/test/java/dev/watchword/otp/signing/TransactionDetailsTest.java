package dev.watchword.otp.signing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.support.SampleRequest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of {@link TransactionDetails}: its bounds, its order and its encoding. */
@Tag("R13.2")
class TransactionDetailsTest {
    private static TransactionDetails.Builder many(int count) {
        TransactionDetails.Builder builder = TransactionDetails.builder();
        for (int i = 0; i < count; i++) {
            builder.add("name " + i, "");
        }
        return builder;
    }

    @Test
    void keepsNamesAndValuesInOrder() {
        TransactionDetails details = SampleRequest.details();
        List<String> seen = new ArrayList<>();
        details.forEach((name, value) -> seen.add(name + "=" + value));

        assertEquals(5, details.size());
        assertEquals(List.of("受取人", "account", "amount", "currency", "reference"), details.names());
        assertEquals(List.of("受取人=とまと商店", "account=0123-4567890", "amount=20000", "currency=JPY", "reference="), seen);
        assertEquals(Optional.of("20000"), details.value("amount"));
        assertEquals(Optional.of(""), details.value("reference"));
        assertEquals(Optional.empty(), details.value("Amount"));
        assertEquals(TransactionDetails.builder().add("a", "b").build(), TransactionDetails.of("a", "b"));
    }

    @Test
    void isUnchangedByLaterUseOfItsBuilder() {
        TransactionDetails.Builder builder = TransactionDetails.builder().add("a", "1");
        TransactionDetails details = builder.build();
        TransactionDetails longer = builder.add("b", "2").build();

        assertEquals(List.of("a"), details.names());
        assertEquals(List.of("a", "b"), longer.names());
        assertThrows(UnsupportedOperationException.class, () -> details.names().clear());
    }

    @Test
    void equalsOnlyTheSameDetailsInTheSameOrder() {
        TransactionDetails details =
                TransactionDetails.builder().add("a", "1").add("b", "2").build();
        TransactionDetails same =
                TransactionDetails.builder().add("a", "1").add("b", "2").build();

        assertEquals(details, same);
        assertEquals(details.hashCode(), same.hashCode());
        assertNotEquals(details.hashCode(), TransactionDetails.of("a", "1").hashCode());
        for (TransactionDetails other : List.of(
                TransactionDetails.builder().add("b", "2").add("a", "1").build(),
                TransactionDetails.builder().add("a", "1").add("b", "3").build(),
                TransactionDetails.builder().add("a", "1").add("c", "2").build(),
                TransactionDetails.of("a", "1"))) {
            assertNotEquals(details, other);
        }
        assertFalse(details.equals(null));
    }

    /** A combined and a decomposed character look the same, but are different texts. */
    @Test
    void doesNotNormaliseTexts() {
        assertNotEquals(TransactionDetails.of("a", "\u00e9"), TransactionDetails.of("a", "e\u0301"));
        assertNotEquals(TransactionDetails.of("a", "１"), TransactionDetails.of("a", "1"));
        assertNotEquals(TransactionDetails.of("a", " 1"), TransactionDetails.of("a", "1"));
    }

    @Test
    void acceptsTextsAtTheBounds() {
        String name = "\ud83d\ude00".repeat(32);
        String value = "信".repeat(256);

        assertEquals(Optional.of(value), TransactionDetails.of(name, value).value(name));
        assertEquals(16, many(16).build().size());
        TransactionDetails.Builder longest = TransactionDetails.builder();
        for (int i = 0; i < 16; i++) {
            longest.add("信".repeat(63) + (char) ('ア' + i), value);
        }
        assertEquals(TransactionDetails.MAX_ENCODED_LENGTH, longest.build().encode().length);
    }

    @Test
    void rejectsTextsAndNumbersBeyondTheBounds() {
        assertRejected("name", () -> TransactionDetails.of("", "value"));
        assertRejected("name", () -> TransactionDetails.of("n".repeat(65), "value"));
        assertRejected("value", () -> TransactionDetails.of("name", "v".repeat(257)));
        assertRejected("1 to 16", () -> TransactionDetails.builder().build());
        assertRejected("1 to 16", () -> many(17));
        assertRejected(
                "occur once",
                () -> TransactionDetails.builder().add("secret", "1").add("secret", "2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0000",
                "\n",
                "\t",
                "\u001f",
                "\u007f",
                "\u0085",
                "\u009f",
                "\ud800",
                "\udc00",
                "\udc00\ud800",
                "\u2028",
                "\u2029",
                "\u202a",
                "\u202e",
                "\u2066",
                "\u2069",
                "\u200b",
                "\u200e",
                "\u200f",
                "\u061c",
                "\u00ad",
                "\u206a",
                "\ufeff",
                "\u115f",
                "\u1160",
                "\u3164",
                "\uffa0"
            })
    void rejectsTextsThatNoScreenShowsExactly(String text) {
        assertRejected("without control characters", () -> TransactionDetails.of("name", "secret" + text));
        assertRejected("without control characters", () -> TransactionDetails.of("secret" + text, "value"));
        assertFalse(TransactionDetails.isName("secret" + text));
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "~", "\u00a0", "\u2027", "\u202f", "\u2065", "\u200c", "\u200d", "\ud83d\ude00", "ı"})
    void acceptsAllOtherTexts(String text) {
        assertEquals(Optional.of(text), TransactionDetails.of(text, text).value(text));
        assertTrue(TransactionDetails.isName(text));
    }

    private static void assertRejected(String rule, Runnable creation) {
        var e = assertThrows(IllegalArgumentException.class, creation::run);
        assertTrue(e.toString().contains(rule), e.toString());
        assertFalse(e.toString().contains("secret"), e.toString());
    }

    /** The digest of each request depends on these bytes, so this test repeats them. */
    @Test
    void keepsItsEncoding() {
        assertEquals(
                "0102" + "0001" + "61" + "0002" + "c3a9" + "0001" + "62" + "0000",
                HexFormat.of()
                        .formatHex(TransactionDetails.builder()
                                .add("a", "é")
                                .add("b", "")
                                .build()
                                .encode()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // no format
                "01", // no count
                "0100", // no detail
                "0001" + "000161" + "000162", // another format
                "0201" + "000161" + "000162", // another format
                "0102" + "000161" + "000162", // too few details
                "0101" + "000161" + "000162" + "00", // a byte too many
                "0101" + "0000" + "000162", // an empty name
                "0101" + "000161" + "00", // half a length
                "0101" + "000161" + "000262", // a value that is too short
                "0101" + "000161" + "0002c080", // an overlong character
                "0101" + "000161" + "0003eda080", // a surrogate
                "0101" + "000161" + "0001ff", // no UTF-8
                "0102" + "000161" + "000162" + "000161" + "000163", // a name twice
                "0101" + "000161" + "00010a" // a control character
            })
    void decodesNothingElse(String hex) {
        assertThrows(
                IllegalArgumentException.class,
                () -> TransactionDetails.decode(HexFormat.of().parseHex(hex)));
    }

    @Test
    @Tag("R10.2")
    void showsOnlyTheNumberOfDetails() {
        assertEquals("TransactionDetails[size=5]", SampleRequest.details().toString());
    }
}
