package dev.watchword.otp.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** When a token stops accepting codes, and who lets it go on. */
class SuspensionTest extends TokenServiceFixture {

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
    void countsWrongCodesOfAllDoorsTogether() {
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
    void refusesWhatIsNotTheCallersToSay() {
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
        assertThrows(NullPointerException.class, () -> tokens.desk(null));
    }

    @Test
    @Tag("R2.3")
    void asksAnOperatorForAReason() {
        activate(TARO);
        for (String reason : List.of("", "  ", "x".repeat(501), "line\nbreak", "\uD800")) {
            assertThrows(IllegalArgumentException.class, () -> desk.resume(TARO, reason));
            assertThrows(IllegalArgumentException.class, () -> desk.suspend(TARO, SuspensionReason.OTHER, reason));
            assertThrows(IllegalArgumentException.class, () -> desk.revoke(TARO, reason));
        }
        assertEquals(RegistrationStatus.ACTIVE, tokens.registration(TARO).status());
    }
}
