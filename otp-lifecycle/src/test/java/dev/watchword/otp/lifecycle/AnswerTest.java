package dev.watchword.otp.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.model.Answer;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.support.ForwardingStore;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The holder's answer, which is equal for an unknown holder and a wrong code. */
class AnswerTest extends InstitutionFixture {
    private static final Holder NOBODY = new Holder("nobody");

    /** The cost of a call so far: enrolments read, codes computed. */
    private record Work(int reads, int codes) {
        static final Work NONE = new Work(0, 0);
    }

    private Work work = Work.NONE;

    private final TokenService counted = counted();

    private TokenService counted() {
        ForwardingStore counting = new ForwardingStore(store) {
            @Override
            public Optional<Enrolment> find(ServiceId serviceId, Holder holder) {
                work = new Work(work.reads + 1, work.codes);
                return super.find(serviceId, holder);
            }
        };
        Institution.Builder builder = TestInstitution.builder(counting, clock);
        return builder.codesTried(codes -> work = new Work(work.reads, work.codes + codes))
                .build()
                .tokens();
    }

    private interface Door {
        Outcome<Registration> enter(Holder holder, String code);
    }

    @Test
    @Tag("R2.7")
    void anUnknownHolderCostsTheWorkOfAWrongCodeInEveryOperation() {
        FakePhone phone = activate(TARO);
        List<Door> doors = List.of(
                (holder, code) -> counted.verify(holder, code, Purpose.LOGIN),
                (holder, code) -> counted.revoke(holder, code(code)),
                (holder, code) -> counted.renewHardware(holder, code(code)),
                (holder, code) -> counted.activateSoftware(holder, code(code)),
                (holder, code) -> counted.resynchronise(holder, code, code));
        for (Door door : doors) {
            Outcome<Registration> known = door.enter(TARO, phone.wrongCode());
            Work knownWork = work;
            work = Work.NONE;
            Outcome<Registration> unknown = door.enter(NOBODY, phone.wrongCode());

            assertEquals(knownWork, work);
            assertEquals(1, work.reads);
            assertTrue(work.codes > 0);
            assertEquals(known.answer(), unknown.answer());
            assertEquals(Answer.NOT_ACCEPTED, unknown.answer());
            work = Work.NONE;
        }
    }

    @Test
    @Tag("R2.7")
    @Tag("R5.3")
    void activatingAHardwareTokenCostsTheWideSearchForAnUnknownHolderToo() {
        send(TARO, SERIAL);
        assertRefused(Refusal.WRONG_CODE, counted.activateHardware(TARO, SERIAL.value(), code("00000000")));
        Work known = work;
        work = Work.NONE;
        assertRefused(Refusal.UNKNOWN_HOLDER, counted.activateHardware(NOBODY, SERIAL.value(), code("00000000")));

        assertEquals(new Work(1, 52), work);
        assertEquals(known, work);
    }

    @Test
    @Tag("R2.7")
    void aSuspendedTokenCostsItToo() {
        FakePhone phone = activate(TARO);
        for (int i = 0; i < 5; i++) {
            work = Work.NONE;
            assertRefused(Refusal.WRONG_CODE, counted.verify(TARO, phone.wrongCode(), Purpose.LOGIN));
        }
        Work wrong = work;
        work = Work.NONE;

        Outcome<Registration> suspended = counted.verify(TARO, phone.code(), Purpose.LOGIN);

        assertEquals(wrong, work);
        assertRefused(Refusal.SUSPENDED, suspended);
        assertEquals(Answer.NOT_ACCEPTED, suspended.answer());
    }

    @Test
    @Tag("R2.7")
    void tellsTheApplicationAll() {
        FakePhone phone = activate(TARO);
        assertRefusedWithoutToken(Refusal.UNKNOWN_HOLDER, login(NOBODY, phone.code()));
        assertRefused(Refusal.WRONG_CODE, 4, login(TARO, phone.wrongCode()));
        Outcome<Registration> accepted = login(TARO, phone.code());
        assertAccepted(accepted);
        assertEquals(Answer.ACCEPTED, accepted.answer());
        assertRefused(Refusal.REPLAYED, 5, login(TARO, phone.code()));
    }
}
