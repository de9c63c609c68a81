package dev.watchword.otp.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.model.Field;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.RegistrationStatus;
import dev.watchword.otp.lifecycle.model.RequestId;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The suspension of a token by wrong codes, and its resumption by an operator. */
class SuspensionTest extends InstitutionFixture {

    @Test
    @Tag("R2.1")
    @Tag("R2.3")
    @Tag("R2.7")
    void suspendsAfterFiveWrongCodesUntilAnOperatorResumes() {
        FakePhone phone = activate(TARO);
        for (int left = 4; left >= 0; left--) {
            assertRefused(Refusal.WRONG_CODE, left, login(TARO, phone.wrongCode()));
        }
        assertEquals(RegistrationStatus.SUSPENDED, tokens.registration(TARO).status());
        assertRefused(Refusal.SUSPENDED, 0, login(TARO, phone.code()));
        clock.advance(Duration.ofDays(30));
        assertRefused(Refusal.SUSPENDED, 0, login(TARO, phone.code()));

        assertAccepted(desk.resume(TARO, "identity proven at the counter"));

        for (int left = 4; left >= 1; left--) {
            assertRefused(Refusal.WRONG_CODE, left, login(TARO, phone.wrongCode()));
        }
        assertAccepted(login(TARO, phone.code()));
    }

    @Test
    @Tag("R2.2")
    void anAcceptedCodeSetsTheCounterToZero() {
        FakePhone phone = activate(TARO);
        for (int round = 0; round < 3; round++) {
            for (int left = 4; left >= 1; left--) {
                assertRefused(Refusal.WRONG_CODE, left, login(TARO, phone.wrongCode()));
            }
            assertAccepted(login(TARO, phone.code()));
            clock.toNextStep(TotpProfile.BANK);
        }
    }

    @Test
    @Tag("R2.5")
    void countsWrongCodesOfAllOperationsTogether() {
        FakePhone phone = issue(TARO);
        assertRefused(Refusal.WRONG_CODE, 4, tokens.activateSoftware(TARO, code(phone.wrongCode())));
        assertAccepted(tokens.activateSoftware(TARO, code(phone.code())));
        assertRefused(Refusal.WRONG_CODE, 4, login(TARO, phone.wrongCode()));
        assertRefused(Refusal.WRONG_CODE, 3, tokens.revoke(TARO, code(phone.wrongCode())));
        assertRefused(Refusal.WRONG_CODE, 2, tokens.verify(TARO, phone.wrongCode(), new Purpose("my-purpose")));
    }

    @Test
    @Tag("R2.4")
    @Tag("R1.5")
    void rejectsReservedReasonsAndPurposes() {
        FakePhone phone = activate(TARO);

        assertThrows(
                IllegalArgumentException.class,
                () -> desk.suspend(TARO, SuspensionReason.TOO_MANY_FAILURES, "phoned in"));
        for (Purpose purpose : List.of(Purpose.ACTIVATION, Purpose.REVOCATION, new Purpose("renewal"))) {
            assertThrows(IllegalArgumentException.class, () -> tokens.verify(TARO, phone.code(), purpose));
        }
        assertAccepted(login(TARO, phone.code()));
    }

    @Test
    @Tag("R2.3")
    @Tag("R2.4")
    @SuppressWarnings("NullAway") // callers are not all checked for null
    void asksForAnOperator() {
        assertThrows(NullPointerException.class, () -> bank.desk(null));
    }

    @Test
    @Tag("R2.3")
    void asksAnOperatorForAReason() {
        activate(TARO);
        for (String reason : Arrays.asList(null, "", "  ", "x".repeat(501), "line\nbreak", "\uD800")) {
            assertMalformed(Set.of(Field.REASON), desk.resume(TARO, reason));
            assertMalformed(Set.of(Field.REASON), desk.suspend(TARO, SuspensionReason.OTHER, reason));
            assertMalformed(Set.of(Field.REASON), desk.revoke(TARO, reason));
            assertMalformed(Set.of(Field.REASON), desk.cancel(TARO, reason));
            assertMalformed(Set.of(Field.REASON), desk.resetFactors(TARO, reason));
            assertMalformed(Set.of(Field.REASON), desk.withdrawRequest(TARO, new RequestId("0".repeat(32)), reason));
            assertMalformed(Set.of(Field.REASON), desk.raiseFloor(clock.instant(), reason, handled -> {}));
        }
        assertEquals(RegistrationStatus.ACTIVE, tokens.registration(TARO).status());
    }
}
