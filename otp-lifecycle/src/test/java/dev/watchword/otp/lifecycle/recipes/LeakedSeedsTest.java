package dev.watchword.otp.lifecycle.recipes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.StockState;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.operations.BulkAction;
import dev.watchword.otp.lifecycle.operations.BulkJob;
import dev.watchword.otp.lifecycle.operations.BulkResult;
import dev.watchword.otp.lifecycle.operations.Selection;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.support.Listings;
import dev.watchword.otp.testing.FakeAuthenticator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The suspension of a maker's whole delivery. */
class LeakedSeedsTest extends InstitutionFixture {
    @Test
    void theListingsOfThePageRun() {
        Listings.assertRegionsOf(LeakedSeedsTest.class, "recipes/leaked-seeds.md");
    }

    private static final SerialNumber OTHER_DELIVERY = new SerialNumber("202299980001");
    private static final String WORDS = "the maker reports a leak of seeds";

    @Test
    @Tag("R12.3")
    @Tag("R5.5")
    @Tag("R6.3")
    void aWholeDeliveryIsStopped() {
        FakeAuthenticator used = activateHardware(TARO, SERIAL);
        stock(SERIAL_2);
        FakeAuthenticator unused = activateHardware(HANAKO, OTHER_DELIVERY);
        Registration stopped =
                desk.suspend(HANAKO, SuspensionReason.OTHER, "asked to").orElseThrow();
        // region
        Selection delivery = Selection.ofSerials(new SerialNumber("101199980000"), new SerialNumber("101199989999"));
        BulkJob suspension = desk.bulk(delivery, BulkAction.suspend(SuspensionReason.STOLEN), WORDS)
                .orElseThrow();
        BulkJob withdrawal = desk.bulk(delivery, BulkAction.withdraw(), WORDS).orElseThrow();
        List<Holder> holders = new ArrayList<>();
        BulkResult planned = suspension.dryRun(item -> holders.add(item.holder()));
        // end
        assertEquals(1, planned.changed());
        assertEquals(List.of(TARO), holders);
        // region
        BulkResult suspended = suspension.run(handled -> {});
        BulkResult withdrawn = withdrawal.run(handled -> {});
        // end
        assertEquals(1, suspended.changed());
        assertEquals(1, withdrawn.changed());
        assertRefused(Refusal.SUSPENDED, login(TARO, used.code()));
        // region
        for (Holder holder : holders) {
            desk.replaceWithHardware(holder, SuspensionReason.STOLEN, "its seed leaked")
                    .orElseThrow();
        }
        // end
        assertTrue(tokens.registration(TARO).loginAsksForCode());
        assertEquals(stopped, tokens.registration(HANAKO));
        assertEquals(StockState.WITHDRAWN, bank.stock().state(SERIAL_2.value()).orElseThrow());
    }
}
