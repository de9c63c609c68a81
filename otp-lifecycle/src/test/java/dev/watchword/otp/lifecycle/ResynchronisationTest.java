package dev.watchword.otp.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.model.Accepted;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.policy.CodePolicy;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeAuthenticator;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tokens whose clocks drift. */
class ResynchronisationTest extends InstitutionFixture {
    private static final int CAP = TokenPolicy.BANK.codes().driftCap();

    @Test
    @Tag("R1.4")
    void findsTheClockByTwoCodesAndTheNextOneWorks() {
        FakePhone phone = activate(TARO);
        FakeAuthenticator shown = phone.authenticator();
        clock.advance(Duration.ofHours(1));
        shown.drift(-15);
        assertRefused(Refusal.WRONG_CODE, 4, login(TARO, shown.code()));

        assertAccepted(tokens.resynchronise(TARO, shown.code(), shown.code(1)));

        assertRefused(Refusal.REPLAYED, login(TARO, shown.code()));
        assertRefused(Refusal.REPLAYED, login(TARO, shown.code(1)));
        clock.advance(Duration.ofMinutes(2));
        assertAccepted(login(TARO, shown.code()));
        assertEquals(EventType.RESYNCHRONISED, history(TARO).get(4));
    }

    @Test
    @Tag("R1.4")
    void takesNoSpentAndNoOtherThanConsecutiveCodes() {
        FakeAuthenticator shown = activate(TARO).authenticator();
        clock.advance(Duration.ofHours(1));
        String spent = shown.code();
        assertAccepted(login(TARO, spent));

        assertRefused(Refusal.REPLAYED, 5, tokens.resynchronise(TARO, spent, shown.code(1)));
        assertRefused(Refusal.REPLAYED, 5, tokens.resynchronise(TARO, shown.code(-2), shown.code(-1)));
        assertRefused(Refusal.WRONG_CODE, 4, tokens.resynchronise(TARO, shown.code(1), shown.code(3)));
        assertRefused(Refusal.WRONG_CODE, 3, tokens.resynchronise(TARO, shown.code(2), shown.code(1)));
        assertRefused(Refusal.MALFORMED, 3, tokens.resynchronise(TARO, shown.code(1), "1234567"));
        assertAccepted(tokens.resynchronise(TARO, shown.code(1), shown.code(2)));
        assertRefused(Refusal.REPLAYED, 5, tokens.resynchronise(TARO, shown.code(1), shown.code(2)));
    }

    /** A double click, or a race of two nodes, enters the same codes again. */
    @Test
    @Tag("R1.4")
    @Tag("R2.1")
    void chargesNothingForCodesThatAreEnteredAgain() {
        FakeAuthenticator shown = activate(TARO).authenticator();
        clock.advance(Duration.ofHours(1));
        shown.drift(-15);
        String first = shown.code();
        String second = shown.code(1);
        assertAccepted(tokens.resynchronise(TARO, first, second));
        List<EventType> before = history(TARO);

        for (int again = 0; again < 10; again++) {
            assertRefused(Refusal.REPLAYED, 5, tokens.resynchronise(TARO, first, second));
        }
        assertEquals(before, history(TARO));
    }

    @Test
    @Tag("R1.4")
    void resynchronisesAnAuthenticatorApp() {
        follow(TestInstitution.POLICY.withCodes(CodePolicy.AUTHENTICATOR_APP));
        FakeAuthenticator shown = activate(TARO).authenticator();
        clock.advance(Duration.ofHours(1));
        shown.drift(-19);
        assertRefused(Refusal.WRONG_CODE, login(TARO, shown.code()));

        assertAccepted(tokens.resynchronise(TARO, shown.code(-1), shown.code()));

        clock.toNextStep(TotpProfile.AUTHENTICATOR_APP);
        assertAccepted(login(TARO, shown.code()));
    }

    /** A hardware token can have a longer step than the policy's profile, and the cap is an hour of its steps. */
    @Test
    @Tag("R1.4")
    @Tag("R11.3")
    void findsNoClockBeyondTheHour() {
        TotpProfile tenMinutes = TotpProfile.of(HmacAlgorithm.SHA1, 8, Duration.ofMinutes(10));
        FakeAuthenticator shown = stock(SERIAL, tenMinutes, 0);
        assertAccepted(tokens.orderHardware(TARO, Confirmation.NONE));
        assertAccepted(desk.assign(TARO, SERIAL.value()));
        assertAccepted(desk.send(TARO));
        assertAccepted(tokens.activateHardware(TARO, SERIAL.value(), code(shown.code())));
        clock.advance(Duration.ofDays(1));

        shown.drift(7);
        assertRefused(Refusal.WRONG_CODE, tokens.resynchronise(TARO, shown.code(-1), shown.code()));
        shown.drift(6);
        assertAccepted(tokens.resynchronise(TARO, shown.code(-1), shown.code()));
        clock.toNextStep(tenMinutes);
        assertAccepted(login(TARO, shown.code()));
    }

    @Test
    @Tag("R1.4")
    void reachesNoFurtherThanItsRange() {
        FakeAuthenticator shown = activate(TARO).authenticator();
        clock.advance(Duration.ofHours(2));
        shown.drift(CAP);
        assertRefused(Refusal.WRONG_CODE, tokens.resynchronise(TARO, shown.code(), shown.code(1)));
        assertAccepted(tokens.resynchronise(TARO, shown.code(-1), shown.code()));

        follow(TestInstitution.POLICY.withCodes(
                CodePolicy.BANK.toBuilder().resynchronisationRange(0).build()));
        assertThrows(IllegalStateException.class, () -> tokens.resynchronise(TARO, "12345678", "12345678"));
    }

    /** The service follows a growing drift up to the cap, and accepts one further step of the window. */
    @Test
    @Tag("R1.4")
    void noSequenceOfCodesPassesTheCap() {
        FakeAuthenticator shown = activate(TARO).authenticator();
        clock.advance(Duration.ofHours(1));
        int reached = 0;
        for (int drift = 1; drift <= 3 * CAP; drift++) {
            clock.toNextStep(TotpProfile.BANK);
            shown.drift(drift);
            if (!(login(TARO, shown.code()) instanceof Accepted)) {
                break;
            }
            reached = drift;
        }

        assertEquals(CAP + 1, reached);
        shown.drift(CAP - 1);
        clock.advance(Duration.ofMinutes(5));
        assertAccepted(login(TARO, shown.code()));
    }

    @Test
    @Tag("R1.4")
    void learnsTheDriftOfEachToken() {
        FakeAuthenticator slow = activate(TARO).authenticator();
        FakeAuthenticator right = activate(HANAKO).authenticator();
        clock.advance(Duration.ofHours(1));
        for (int drift = -1; drift >= -5; drift--) {
            slow.drift(drift);
            assertAccepted(login(TARO, slow.code()));
            clock.advance(Duration.ofMinutes(30));
        }
        assertAccepted(login(HANAKO, right.code()));
        right.drift(-5);
        clock.advance(Duration.ofMinutes(30));
        assertRefused(Refusal.WRONG_CODE, login(HANAKO, right.code()));
    }
}
