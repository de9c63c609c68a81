package dev.watchword.otp.lifecycle.recipes;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.OperatorDesk;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Origin;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.support.Listings;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The holder's own page for a lost token. */
class LossPageTest extends InstitutionFixture {
    @Test
    void theListingsOfThePageRun() {
        Listings.assertRegionsOf(LossPageTest.class, "recipes/loss-page.md");
    }

    private static final Operator SELF_SERVICE = new Operator("self-service");

    @Test
    @Tag("R2.3")
    @Tag("R6.3")
    void aHolderReportsTheLoss() {
        FakePhone lost = activate(TARO);
        String address = "203.0.113.7";
        // region
        OperatorDesk page = bank.from(Origin.NONE.source(address)).desk(SELF_SERVICE);
        Outcome<Registration> suspended =
                page.suspend(TARO, SuspensionReason.LOST, "reported by the holder on the loss page");
        // end
        assertAccepted(suspended);
        assertRefused(Refusal.SUSPENDED, login(TARO, lost.code()));
        assertTrue(tokens.registration(TARO).loginAsksForCode());
        // region
        Operator clerk = new Operator("branch-12.clerk-3"); // proved the holder's identity
        Outcome<Registration> replaced = bank.desk(clerk)
                .replaceWithHardware(TARO, SuspensionReason.LOST, "reported on the loss page; passport seen");
        // end
        assertAccepted(replaced);
        assertTrue(tokens.registration(TARO).loginAsksForCode());
    }
}
