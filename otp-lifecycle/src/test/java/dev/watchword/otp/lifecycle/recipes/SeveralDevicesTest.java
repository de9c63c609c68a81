package dev.watchword.otp.lifecycle.recipes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Origin;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.support.Listings;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.testing.FakeAuthenticator;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Several devices of one person, and one token of several persons. */
class SeveralDevicesTest extends InstitutionFixture {
    @Test
    void theListingsOfThePageRun() {
        Listings.assertRegionsOf(SeveralDevicesTest.class, "recipes/several-devices.md");
    }

    @Test
    @Tag("R3.2")
    void aPersonHasTwoPhones() {
        // region
        Holder phone = new Holder("customer-4711.phone");
        Holder tablet = new Holder("customer-4711.tablet");
        // end
        FakePhone first = activate(phone);
        FakePhone second = activate(tablet);
        String entered = second.code();
        // region
        List<Holder> devices = List.of(phone, tablet); // from the application's table of devices
        Holder chosen = devices.get(1); // the customer says which one
        Outcome<Registration> login = tokens.verify(chosen, entered, Purpose.LOGIN);
        boolean asksForCode =
                devices.stream().anyMatch(device -> tokens.registration(device).loginAsksForCode());
        // end
        assertAccepted(login);
        assertTrue(asksForCode);
        assertAccepted(desk.suspend(tablet, SuspensionReason.LOST, "left in a taxi"));
        assertAccepted(tokens.verify(phone, first.code(), Purpose.LOGIN));
    }

    @Test
    @Tag("R9.6")
    void threePersonsShareAToken() {
        Holder company = new Holder("company-88");
        FakeAuthenticator shared = activateHardware(company, SERIAL);
        String entered = shared.code();
        // region
        Institution request = bank.from(Origin.NONE.source("employee 3 of company 88"));
        Outcome<Registration> login = request.tokens().verify(company, entered, Purpose.LOGIN);
        // end
        assertAccepted(login);
        List<TokenEvent> events = bank.histories().read(company, 0, 100);
        assertEquals(
                "employee 3 of company 88",
                events.get(events.size() - 1).origin().source());
    }
}
