package dev.watchword.otp.lifecycle.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The result of an operation. Only an accepted outcome lets a holder in. */
class OutcomeTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Registration REGISTRATION = Registration.of(
            Enrolment.none(new ServiceId("10112235"), new Holder("taro")), Instant.parse("2026-11-23T09:00:00Z"));
    private static final BadRecords BAD = new BadRecords(
            List.of(new BadRecord(new Place(1, null, 2, 3, "x"), RecordProblem.NO_EXPIRY, "no expiry")), 1);

    private final Outcome<String> accepted = Accepted.of("value");
    private final Outcome<String> refused = Refused.of(Refusal.WRONG_CODE);

    @Test
    void anAcceptedOutcomeGivesItsValue() {
        assertTrue(accepted.isAccepted());
        assertEquals("value", accepted.orElseThrow());
        assertEquals("value", Accepted.of("value").value());
        assertEquals(Answer.ACCEPTED, accepted.answer());
        assertThrows(NullPointerException.class, () -> Accepted.of(nothing()));
    }

    @SuppressWarnings("NullAway") // as an application without a check of nulls
    private static String nothing() {
        return null;
    }

    @ParameterizedTest
    @EnumSource
    void aRefusedOutcomeGivesNothing(Refusal refusal) {
        Outcome<String> outcome = Refused.of(refusal);

        assertFalse(outcome.isAccepted());
        assertEquals(Answer.NOT_ACCEPTED, outcome.answer());
        RefusedException thrown = assertThrows(RefusedException.class, outcome::orElseThrow);
        assertEquals(refusal, thrown.refusal());
        assertEquals("The operation was refused: " + refusal, thrown.getMessage());
    }

    /** A handler of infrastructure failures must not catch this exception. */
    @Test
    void aRefusalIsNoFailure() {
        RuntimeException thrown = assertThrows(RuntimeException.class, refused::orElseThrow);
        assertFalse(WatchwordException.class.isInstance(thrown));
    }

    @Test
    void theExceptionNamesTheFields() {
        Outcome<String> malformed =
                Refused.<String>of(Refusal.MALFORMED).withFields(EnumSet.of(Field.MAIL_ADDRESS, Field.CODE));
        RefusedException thrown = assertThrows(RefusedException.class, malformed::orElseThrow);
        assertEquals("The operation was refused: MALFORMED [CODE, MAIL_ADDRESS]", thrown.getMessage());
    }

    @Test
    void theExceptionCarriesTheDetails() {
        Refused<String> detailed = detailed();
        RefusedException thrown = assertThrows(RefusedException.class, detailed::orElseThrow);
        assertSame(detailed, thrown.refused());

        BadRecords two = new BadRecords(BAD.first(), 2);
        thrown = assertThrows(
                RefusedException.class, Refused.<String>of(Refusal.BAD_RECORDS).withBadRecords(two)::orElseThrow);
        assertEquals(
                "The operation was refused: BAD_RECORDS, 2 unusable records, the first: no expiry (record 1, line 2,"
                        + " column 3, x)",
                thrown.getMessage());
        thrown = assertThrows(
                RefusedException.class,
                Refused.<String>of(Refusal.BAD_RECORDS).withBadRecords(new BadRecords(List.of(), 2))::orElseThrow);
        assertEquals("The operation was refused: BAD_RECORDS, 2 unusable records", thrown.getMessage());
    }

    /** A registration is not serialisable. */
    @Test
    void aSerialisedExceptionKeepsTheReason() throws Exception {
        RefusedException thrown = assertThrows(RefusedException.class, detailed()::orElseThrow);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(thrown);
        }
        RefusedException read;
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            read = (RefusedException) in.readObject();
        }

        assertEquals(Refusal.TOO_SOON, read.refusal());
        assertEquals(Refused.of(Refusal.TOO_SOON), read.refused());
        assertEquals(thrown.getMessage(), read.getMessage());
    }

    @Test
    void oneOfTwoFunctionsIsCalled() {
        assertEquals("5", accepted.fold(value -> "" + value.length(), outcome -> unexpected()));
        assertEquals(
                "WRONG_CODE",
                refused.fold(value -> unexpected(), outcome -> outcome.refusal().name()));
    }

    private static String unexpected() {
        throw new AssertionError("The other function must be called");
    }

    @Test
    void onlyAnAcceptedValueIsConverted() {
        assertEquals(Accepted.of(5), accepted.map(String::length));
        for (Refused<String> detailed : List.of(
                detailed(),
                detailed(Refusal.MALFORMED).withFields(Set.of(Field.CODE)),
                detailed(Refusal.BAD_RECORDS).withBadRecords(BAD))) {
            assertEquals(detailed, detailed.map(value -> unexpected()));
        }
        assertThrows(NullPointerException.class, () -> accepted.map(value -> nothing()));
    }

    private static Refused<String> detailed() {
        return detailed(Refusal.TOO_SOON);
    }

    private static Refused<String> detailed(Refusal refusal) {
        return Refused.<String>of(refusal).withTriesLeft(3).withNotBefore(NOON).withRegistration(REGISTRATION);
    }

    @Test
    void aRefusalKeepsItsDetails() {
        Refused<String> bare = Refused.of(Refusal.TOO_SOON);
        assertEquals(OptionalInt.empty(), bare.triesLeft());
        assertEquals(Optional.empty(), bare.notBefore());
        assertEquals(Optional.empty(), bare.registration());
        assertEquals(Set.of(), bare.fields());
        assertEquals(Optional.empty(), bare.badRecords());

        for (Refusal refusal : List.of(Refusal.TOO_SOON, Refusal.MALFORMED, Refusal.BAD_RECORDS)) {
            Refused<String> detailed = detailed(refusal);
            detailed = refusal == Refusal.MALFORMED ? detailed.withFields(Set.of(Field.CODE)) : detailed;
            detailed = refusal == Refusal.BAD_RECORDS ? detailed.withBadRecords(BAD) : detailed;
            assertEquals(refusal, detailed.refusal());
            assertEquals(OptionalInt.of(3), detailed.triesLeft());
            assertEquals(Optional.of(NOON), detailed.notBefore());
            assertSame(REGISTRATION, detailed.registration().orElseThrow());
            assertEquals(refusal == Refusal.MALFORMED ? Set.of(Field.CODE) : Set.of(), detailed.fields());
            assertEquals(refusal == Refusal.BAD_RECORDS ? Optional.of(BAD) : Optional.empty(), detailed.badRecords());
            assertEquals(Optional.empty(), detailed.withNotBefore(null).notBefore());
        }
    }

    @Test
    void aDetailBelongsToItsRefusal() {
        for (Refusal refusal : Refusal.values()) {
            Refused<String> bare = Refused.of(refusal);
            if (refusal != Refusal.MALFORMED) {
                assertThrows(IllegalArgumentException.class, () -> bare.withFields(Set.of(Field.CODE)));
            }
            if (refusal != Refusal.BAD_RECORDS) {
                assertThrows(IllegalArgumentException.class, () -> bare.withBadRecords(BAD));
            }
        }
        assertEquals(OptionalInt.of(0), detailed().withTriesLeft(0).triesLeft());
        assertThrows(IllegalArgumentException.class, () -> detailed().withTriesLeft(-1));
    }

    /** The order of fields on a screen differs from the order of the enumeration. */
    @Test
    void theFieldsKeepTheirOrderAndDoNotChange() {
        Set<Field> entered = new LinkedHashSet<>(List.of(Field.REASON, Field.MAIL_ADDRESS, Field.CODE));
        Refused<String> malformed = Refused.<String>of(Refusal.MALFORMED).withFields(entered);
        entered.clear();

        assertEquals(
                List.of(Field.REASON, Field.MAIL_ADDRESS, Field.CODE),
                List.copyOf(new ArrayList<>(malformed.fields())));
        assertThrows(
                UnsupportedOperationException.class, () -> malformed.fields().add(Field.USER_ID));
    }

    @Test
    void outcomesAreEqualByTheirParts() {
        List<Outcome<String>> once = outcomes();
        List<Outcome<String>> again = outcomes();
        for (int i = 0; i < once.size(); i++) {
            for (int j = 0; j < once.size(); j++) {
                assertEquals(i == j, once.get(i).equals(again.get(j)), once.get(i) + " and " + again.get(j));
            }
            assertEquals(once.get(i).hashCode(), again.get(i).hashCode());
            assertNotEquals("value", once.get(i));
        }
        assertEquals(
                once.size(), once.stream().map(Outcome::hashCode).distinct().count());
        assertNotEquals(refused, Refused.of(Refusal.WRONG_CODE).withTriesLeft(0));
    }

    private static List<Outcome<String>> outcomes() {
        Refused<String> bare = Refused.of(Refusal.WRONG_CODE);
        return List.of(
                Accepted.of("value"),
                Accepted.of("other"),
                bare,
                Refused.of(Refusal.TOO_SOON),
                bare.withTriesLeft(1),
                bare.withTriesLeft(2),
                bare.withNotBefore(NOON),
                bare.withRegistration(REGISTRATION),
                Refused.of(Refusal.MALFORMED),
                Refused.<String>of(Refusal.MALFORMED).withFields(Set.of(Field.CODE)),
                Refused.of(Refusal.BAD_RECORDS),
                Refused.<String>of(Refusal.BAD_RECORDS).withBadRecords(BAD));
    }

    @Test
    @Tag("R10.2")
    void aTextOfAnOutcomeTellsNoSecret() {
        Outcome<SecretText> secret = Accepted.of(SecretText.of("48151623"));
        assertEquals("Accepted[SecretText[redacted]]", secret.toString());
        assertEquals("Refused[WRONG_CODE]", refused.toString());
        assertEquals(
                "Refused[MALFORMED, tries left 3, not before 2026-11-23T12:00:00Z, fields [CODE]]",
                detailed(Refusal.MALFORMED).withFields(Set.of(Field.CODE)).toString());
    }
}
