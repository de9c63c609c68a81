package dev.watchword.otp.lifecycle.recipes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.RegistrationStatus;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.support.Listings;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Customers that merge or change their numbers. */
class SurrogateReferenceTest extends InstitutionFixture {
    @Test
    void theListingsOfThePageRun() {
        Listings.assertRegionsOf(SurrogateReferenceTest.class, "recipes/customer-numbers.md");
    }

    // region
    /** The application's table of customers. The reference of a customer never changes. */
    static final class Customers {
        private final Map<String, Holder> byNumber = new HashMap<>();

        Holder register(String number) {
            return byNumber.computeIfAbsent(
                    number, same -> new Holder(UUID.randomUUID().toString()));
        }

        void renumber(String before, String after) {
            byNumber.put(after, byNumber.remove(before));
        }
    }
    // end

    @Test
    @Tag("R3.2")
    void aNewNumberKeepsTheToken() {
        Customers customers = new Customers();
        Holder taro = customers.register("0012-345678");
        FakePhone phone = activate(taro);

        customers.renumber("0012-345678", "0099-000001");

        assertAccepted(login(customers.register("0099-000001"), phone.code()));
    }

    @Test
    @Tag("R7.1")
    void twoCustomersBecomeOne() {
        Customers customers = new Customers();
        Holder kept = customers.register("0012-345678");
        Holder merged = customers.register("0077-111111");
        FakePhone phone = activate(kept);
        activate(merged);
        // region
        Outcome<Registration> ended = desk.revoke(merged, "customer 0077-111111 became 0012-345678");
        Outcome<Registration> erased = desk.erase(merged);
        // end
        assertAccepted(ended);
        assertAccepted(erased);
        assertAccepted(login(kept, phone.code()));
        assertEquals(RegistrationStatus.UNREGISTERED, status(merged));
    }
}
