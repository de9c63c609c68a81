package dev.watchword.demo.desk;

import dev.watchword.demo.bank.Sealer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Keeps what an operator was shown before a withdrawal, encrypted in the address of that page, for a few minutes. */
@Component
class WithdrawalPlans {
    private static final Duration VALID = Duration.ofMinutes(10);
    private static final String PURPOSE = "withdrawal";

    private final Sealer sealer;
    private final Clock clock;

    WithdrawalPlans(Sealer sealer, Clock clock) {
        this.sealer = sealer;
        this.clock = clock;
    }

    /**
     * A plan.
     *
     * @param form the fields of the withdrawal
     * @param isOver whether its time is over, so that it must be shown again
     */
    record Plan(WithdrawalForm form, boolean isOver) {}

    String seal(WithdrawalForm form) {
        return sealer.seal(PURPOSE, clock.instant().plus(VALID) + "\n" + form.text());
    }

    /** {@return the plan; empty if {@link #seal} did not make the parameter} */
    Optional<Plan> open(String parameter) {
        return sealer.open(PURPOSE, parameter).map(text -> {
            String[] parts = text.split("\n", 2);
            return new Plan(WithdrawalForm.of(parts[1]), !clock.instant().isBefore(Instant.parse(parts[0])));
        });
    }
}
