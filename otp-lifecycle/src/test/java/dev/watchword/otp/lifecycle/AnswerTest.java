package dev.watchword.otp.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.InMemoryTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the person at the keyboard learns: as much of an unknown holder as of a wrong code. */
class AnswerTest extends TokenServiceFixture {
    private static final Holder NOBODY = new Holder("nobody");

    private final List<String> work = new ArrayList<>();

    private final TokenService counted = counted();

    private TokenService counted() {
        ForwardingStore counting = new ForwardingStore(store) {
            @Override
            public Optional<Enrolment> find(ServiceId serviceId, Holder holder) {
                work.add("read");
                return super.find(serviceId, holder);
            }
        };
        TokenServiceBuilder builder = InMemoryTokens.builder(counting, clock);
        builder.stepsTried = steps -> work.add("HMACs of " + steps + " steps");
        return builder.build();
    }

    private interface Door {
        Outcome enter(Holder holder, String code);
    }

    @Test
    @Tag("R2.7")
    void anUnknownHolderCostsTheWorkOfAWrongCodeAtEveryDoor() {
        FakePhone phone = activate(TARO);
        List<Door> doors = List.of(
                (holder, code) -> counted.verify(holder, code, Purpose.LOGIN),
                (holder, code) -> counted.revoke(holder, code(code)),
                (holder, code) -> counted.renewFob(holder, code(code)),
                (holder, code) -> counted.activateSoftware(holder, code(code)),
                (holder, code) -> counted.resynchronise(holder, code, code));
        for (Door door : doors) {
            Outcome known = door.enter(TARO, phone.wrongCode());
            List<String> knownWork = List.copyOf(work);
            work.clear();
            Outcome unknown = door.enter(NOBODY, phone.wrongCode());

            assertEquals(knownWork, work);
            assertEquals(2, work.size());
            assertEquals(known.answer(), unknown.answer());
            assertEquals(Answer.NOT_ACCEPTED, unknown.answer());
            work.clear();
        }
    }

    @Test
    @Tag("R2.7")
    @Tag("R5.3")
    void theActivationOfAFobCostsTheWideSearchForNobodyToo() {
        send(TARO, SERIAL);
        assertRefused(Refusal.WRONG_CODE, counted.activateHardware(TARO, SERIAL.value(), code("00000000")));
        List<String> known = List.copyOf(work);
        work.clear();
        assertRefused(Refusal.UNKNOWN_HOLDER, counted.activateHardware(NOBODY, SERIAL.value(), code("00000000")));

        assertEquals(List.of("read", "HMACs of 21 steps"), work);
        assertEquals(known, work);
    }

    @Test
    @Tag("R2.7")
    void aSuspendedTokenCostsItToo() {
        FakePhone phone = activate(TARO);
        for (int i = 0; i < 5; i++) {
            counted.verify(TARO, phone.wrongCode(), Purpose.LOGIN);
        }
        List<String> wrong = List.copyOf(work.subList(8, 10));

        Outcome suspended = counted.verify(TARO, phone.code(), Purpose.LOGIN);

        assertEquals(wrong, work.subList(10, 12));
        assertRefused(Refusal.SUSPENDED, suspended);
        assertEquals(Answer.NOT_ACCEPTED, suspended.answer());
    }

    @Test
    @Tag("R2.7")
    void tellsTheApplicationAll() {
        FakePhone phone = activate(TARO);
        assertRefused(Refusal.UNKNOWN_HOLDER, 0, login(NOBODY, phone.code()));
        assertRefused(Refusal.WRONG_CODE, 4, login(TARO, phone.wrongCode()));
        Outcome accepted = login(TARO, phone.code());
        assertAccepted(accepted);
        assertEquals(Answer.ACCEPTED, accepted.answer());
        assertRefused(Refusal.REPLAYED, 5, login(TARO, phone.code()));
    }
}
