package dev.watchword.otp.lifecycle.recipes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Origin;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.RegistrationStatus;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.support.Listings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two operators approve an action. */
class FourEyesTest extends InstitutionFixture {
    @Test
    void theListingsOfThePageRun() {
        Listings.assertRegionsOf(FourEyesTest.class, "recipes/four-eyes.md");
    }

    // region
    /** A request of an operator, which waits for another one. */
    record Request(Operator requester, Holder holder, String reason) {}

    /** Requests that wait for a second operator. A real one is a table of the application. */
    static final class Approvals {
        private final Map<UUID, Request> waiting = new HashMap<>();

        UUID request(Request request) {
            UUID id = UUID.randomUUID();
            waiting.put(id, request);
            return id;
        }

        Outcome<Registration> approve(Institution bank, UUID id, Operator approver) {
            Request request = waiting.get(id);
            if (request == null || request.requester().equals(approver)) {
                throw new IllegalArgumentException("Another operator must approve");
            }
            waiting.remove(id);
            Origin origin = Origin.NONE.reference("four-eyes " + id);
            return bank.from(origin)
                    .desk(approver)
                    .resume(request.holder(), request.reason() + "; requested by " + request.requester());
        }
    }
    // end

    @Test
    @Tag("R2.3")
    void aSecondOperatorResumes() {
        activate(TARO);
        assertAccepted(desk.suspend(TARO, SuspensionReason.STOLEN, "phoned in"));
        Approvals approvals = new Approvals();
        Operator second = new Operator("helpdesk-9");
        UUID id = approvals.request(new Request(OPERATOR, TARO, "found it"));

        assertThrows(IllegalArgumentException.class, () -> approvals.approve(bank, id, OPERATOR));
        assertEquals(RegistrationStatus.SUSPENDED, status(TARO));
        assertAccepted(approvals.approve(bank, id, second));

        List<TokenEvent> events = bank.histories().read(TARO, 0, 100);
        TokenEvent resumed = events.get(events.size() - 1);
        assertEquals(EventType.RESUMED, resumed.type());
        assertEquals(second, resumed.operator());
        assertEquals("found it; requested by helpdesk-7", resumed.reason());
        assertEquals("four-eyes " + id, resumed.origin().reference());
        assertThrows(IllegalArgumentException.class, () -> approvals.approve(bank, id, second));
    }
}
