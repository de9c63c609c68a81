package dev.watchword.otp.lifecycle.recipes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.spi.MeasuredOperation;
import dev.watchword.otp.lifecycle.spi.TokenListener;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.support.Listings;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An alarm on many wrong codes across holders. */
class WrongCodeAlarmTest extends InstitutionFixture {
    @Test
    void theListingsOfThePageRun() {
        Listings.assertRegionsOf(WrongCodeAlarmTest.class, "recipes/alarm.md");
    }

    // region
    /** Calls an alarm when more than a limit of codes were wrong within a time, over all holders. */
    static final class WrongCodeAlarm implements TokenListener {
        private final Clock clock;
        private final Duration within;
        private final int limit;
        private final Runnable alarm;
        private final Deque<Instant> wrong = new ArrayDeque<>();

        WrongCodeAlarm(Clock clock, Duration within, int limit, Runnable alarm) {
            this.clock = clock;
            this.within = within;
            this.limit = limit;
            this.alarm = alarm;
        }

        @Override
        public void measured(MeasuredOperation operation) {
            if (operation.refusal() == Refusal.WRONG_CODE && isOverLimit(clock.instant())) {
                alarm.run();
            }
        }

        private synchronized boolean isOverLimit(Instant now) {
            wrong.addLast(now);
            while (wrong.getFirst().isBefore(now.minus(within))) {
                wrong.removeFirst();
            }
            if (wrong.size() <= limit) {
                return false;
            }
            wrong.clear();
            return true;
        }
    }
    // end

    @Test
    @Tag("R12.5")
    void oneWrongCodeOfManyHoldersRaisesTheAlarm() {
        List<String> raised = new ArrayList<>();
        WrongCodeAlarm alarm =
                new WrongCodeAlarm(clock, Duration.ofMinutes(10), 3, () -> raised.add("many wrong codes"));
        Institution listened =
                TestInstitution.builder(store, clock).listener(alarm).build();
        for (int i = 0; i < 8; i++) {
            Holder holder = new Holder("holder-" + i);
            FakePhone phone = activate(holder);
            clock.advance(Duration.ofMinutes(i < 4 ? 9 : 1));
            assertRefused(Refusal.WRONG_CODE, listened.tokens().verify(holder, phone.wrongCode(), Purpose.LOGIN));
        }
        assertEquals(List.of("many wrong codes"), raised);
    }
}
