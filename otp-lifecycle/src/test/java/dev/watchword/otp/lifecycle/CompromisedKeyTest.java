package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.model.CanIgnoreReturnValue;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Field;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.KeyUnavailableException;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.operations.BulkResult;
import dev.watchword.otp.lifecycle.spi.KeyRing;
import dev.watchword.otp.lifecycle.spi.KeySource;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The procedures of docs/operations.md after a key leaked. */
@Tag("R10.6")
class CompromisedKeyTest extends InstitutionFixture {
    private static final String SEAL = line("seal", "s1", 1);
    private static final String NEXT_SEAL = line("seal", "s2", 2);
    private static final String HISTORY = line("history", "h1", 3);
    private static final String NEXT_HISTORY = line("history", "h2", 4);

    private static String line(String kind, String name, int filling) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) filling);
        return kind + " " + name + " " + Base64.getEncoder().encodeToString(key);
    }

    private Institution with(String... lines) {
        KeySource keys = KeyRing.parse(String.join("\n", lines), "The keys of the test");
        return Institution.builder(TestInstitution.SERVICE_ID, store, keys)
                .clock(clock)
                .policy(TestInstitution.POLICY)
                .build();
    }

    @CanIgnoreReturnValue
    private FakePhone activate(Institution where, Holder holder) {
        return FakePhone.active(where.tokens(), holder, clock);
    }

    private static List<EventType> types(Institution where, Holder holder) {
        return where.histories().read(holder, 0, 100).stream()
                .map(event -> event.type())
                .toList();
    }

    @Test
    void afterALeakOfTheHistoryKeyNothingNeedsItAnyMore() {
        Institution before = with(SEAL, HISTORY);
        FakePhone phone = activate(before, TARO);
        activate(before, HANAKO);
        Institution both = with(SEAL, HISTORY, NEXT_HISTORY + " current");
        assertTrue(both.histories().verify(TARO).isIntact());
        Holder later = new Holder("jiro");
        activate(both, later);

        BulkResult done = both.desk(OPERATOR)
                .reanchorHistories("key h1 leaked", handled -> {})
                .orElseThrow();

        assertEquals(BulkResult.of(2, 1, List.of()), done);
        assertEquals(
                BulkResult.of(0, 3, List.of()),
                both.desk(OPERATOR)
                        .reanchorHistories("key h1 leaked", handled -> {})
                        .orElseThrow());
        List<EventType> types = types(both, TARO);
        assertEquals(EventType.REANCHORED, types.get(types.size() - 1));
        Institution after = with(SEAL, NEXT_HISTORY);
        assertAccepted(after.tokens().verify(TARO, phone.code(), Purpose.LOGIN));
        assertTrue(after.histories().verify(later).isIntact());
        assertThrows(KeyUnavailableException.class, () -> after.histories().verify(TARO));
        assertTrue(both.histories().verify(TARO).isIntact(), "an auditor still has the former key");
    }

    /** A row under the former key is refused where that key was removed, so its thief cannot forge rows any more. */
    @Test
    void aRowUnderTheFormerKeyIsRefusedAfterwards() {
        FakePhone phone = activate(with(SEAL, HISTORY), TARO);

        Institution after = with(SEAL, NEXT_HISTORY);

        assertThrows(KeyUnavailableException.class, () -> after.tokens().verify(TARO, phone.code(), Purpose.LOGIN));
        assertThrows(KeyUnavailableException.class, () -> after.tokens().registration(TARO));
    }

    @Test
    void afterALeakOfTheSealingKeyTheTokensAreReplaced() {
        FakePhone known = activate(with(SEAL, HISTORY), TARO);
        Institution both = with(SEAL, NEXT_SEAL + " current", HISTORY);
        OperatorDesk helpdesk = both.desk(OPERATOR);

        assertEquals(1, both.reencryption().run(done -> {}).holders());
        assertAccepted(helpdesk.replaceWithSoftware(TARO, SuspensionReason.STOLEN, REQUEST, "key s1 leaked"));

        Institution after = with(NEXT_SEAL, HISTORY);
        assertRefused(Refusal.SUSPENDED, after.tokens().verify(TARO, known.code(), Purpose.LOGIN));
        FakePhone next = FakePhone.provisioned(
                after.tokens(),
                requireNonNull(after.tokens().registration(TARO).userId()),
                FakePhone.ACTIVATION_PASSWORD,
                clock);
        assertAccepted(after.tokens().activateSoftware(TARO, code(next.code())));
        clock.toNextStep(TotpProfile.BANK);
        assertAccepted(after.tokens().verify(TARO, next.code(), Purpose.LOGIN));
        assertRefused(Refusal.WRONG_CODE, after.tokens().verify(TARO, known.code(), Purpose.LOGIN));
    }

    @Test
    void aReasonIsRequired() {
        assertMalformed(Set.of(Field.REASON), desk.reanchorHistories(" ", handled -> {}));
    }
}
