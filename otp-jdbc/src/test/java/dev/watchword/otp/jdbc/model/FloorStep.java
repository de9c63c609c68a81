package dev.watchword.otp.jdbc.model;

import dev.watchword.otp.lifecycle.RaisedFloor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Raises the floor of one institution in the model and in the library, and compares the results. */
final class FloorStep {
    private final LifeBank bank;
    private final Expectations expectations;
    private final Instant now;
    private final Instant floor;

    /** The floor is now, or for one code five minutes later, which is the latest floor. */
    FloorStep(Step step, LifeBank bank, Expectations expectations, Instant now) {
        this.bank = bank;
        this.expectations = expectations;
        this.now = now;
        floor = step.code() == 1 ? now.plus(Duration.ofMinutes(5)) : now;
    }

    String run() {
        @Nullable Instant loginFrom = ModelFloor.loginFrom(bank.holders.values(), floor, now);
        long changed = bank.holders.values().stream()
                .filter(holder -> ModelFloor.raise(holder, floor, now))
                .count();
        RaisedFloor raised =
                bank.desk.raiseFloor(floor, "restored a backup", handled -> {}).orElseThrow();
        expectations.expect("the number of changed holders", raised.changed(), changed);
        expectations.expect("the unreadable holders", raised.unreadable(), List.of());
        if (loginFrom != null) {
            expectations.expect("the first instant of a login", raised.loginFrom(), loginFrom);
        }
        return "login from " + raised.loginFrom();
    }
}
