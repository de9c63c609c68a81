package dev.watchword.otp.lifecycle.recipes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.EmergencyCodes;
import dev.watchword.otp.lifecycle.OperatorDesk;
import dev.watchword.otp.lifecycle.RecoveryCodes;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.SecretText;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.support.Listings;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A way in while the token is lost. */
class LostTokenTest extends InstitutionFixture {
    @Test
    void theListingsOfThePageRun() {
        Listings.assertRegionsOf(LostTokenTest.class, "recipes/lost-token.md");
    }

    @Test
    @Tag("R14.1")
    void aHolderLogsInWithAnEmergencyCode() {
        activate(TARO);
        // region
        OperatorDesk clerk = bank.desk(new Operator("branch-12.clerk-3")); // proved the holder's identity
        Outcome<Registration> replaced =
                clerk.replaceWithHardware(TARO, SuspensionReason.LOST, "lost on a journey; called back");
        EmergencyCodes codes = clerk.issueEmergencyCodes(TARO, "lost on a journey; called back")
                .orElseThrow();
        String read = codes.codes().get(0).exposeText(); // such as 0K7QX-4M2ZD-9FTWB, until codes.expiresAt()
        // end
        assertAccepted(replaced);
        String entered = " " + read.replace('-', ' ');
        // region
        Outcome<Registration> login = bank.tokens().useEmergencyCode(TARO, entered);
        // end
        assertAccepted(login);
    }

    @Test
    @Tag("R14.2")
    void aHolderLogsInWithARecoveryCode() {
        FakePhone phone = activate(TARO);
        clock.advance(Duration.ofMinutes(1));
        String code = phone.code();
        // region
        Outcome<RecoveryCodes> created = bank.tokens().createRecoveryCodes(TARO, Confirmation.NONE.code(code));
        List<SecretText> printed = created.orElseThrow().codes();
        // end
        String entered = printed.get(3).exposeText();
        // region
        Outcome<Registration> login = bank.tokens().useRecoveryCode(TARO, entered);
        int left = login.orElseThrow().recoveryCodesLeft();
        // end
        assertEquals(9, left);
    }
}
