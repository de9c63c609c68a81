package dev.watchword.otp.lifecycle.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.HistoryAnchor;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** An untouched history verifies, archived and erased or not. */
class HistoryProperties extends InstitutionFixture {
    private static final Holder TARO = new Holder("taro");

    @Property(tries = 10_000)
    @Tag("R9.3")
    @Tag("R9.4")
    @Tag("R10.3")
    void anUntouchedHistoryIsIntact(@ForAll @Size(max = 25) List<@IntRange(max = 7) Integer> deeds) {
        new HistoryProperties().live(deeds);
    }

    /** Runs an operation, or skips it if the holder's situation forbids it. */
    private static void decided(Outcome<?> outcome) {
        boolean fits = outcome.fold(accepted -> true, refused -> refused.refusal() != Refusal.MALFORMED);
        assertTrue(fits, outcome::toString);
    }

    private void live(List<Integer> deeds) {
        Histories histories = bank.histories();
        for (int deed : deeds) {
            switch (deed) {
                case 0, 1 -> decided(tokens.orderHardware(TARO, Confirmation.NONE));
                case 2, 3 -> decided(desk.cancel(TARO, "words " + deed));
                case 4 -> decided(desk.resetFactors(TARO, "asked for"));
                case 5 -> decided(desk.erase(TARO));
                case 6 ->
                    assertEquals(
                            0,
                            histories
                                    .archive(clock.instant(), (holder, events) -> {}, progress -> {})
                                    .held());
                default -> clock.advance(Duration.ofDays(20));
            }
        }
        long all = store.find(TestInstitution.SERVICE_ID, TARO)
                .map(Enrolment::eventCount)
                .orElse(0L);
        long archived = store.anchor(TestInstitution.SERVICE_ID, TARO)
                .map(HistoryAnchor::number)
                .orElse(0L);
        assertEquals(HistoryVerdict.of(all - archived, archived, List.of()), histories.verify(TARO));
    }
}
