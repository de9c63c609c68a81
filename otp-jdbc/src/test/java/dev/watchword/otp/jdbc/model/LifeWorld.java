package dev.watchword.otp.jdbc.model;

import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import dev.watchword.otp.testing.FakeClock;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Two institutions on one store with three holders each, and the naive model of them. Each step runs in the library and
 * in the model, and both must agree. The institutions share the clock, the names of holders and the serial numbers.
 */
public final class LifeWorld {
    private final FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z");
    private final List<LifeBank> banks;
    private final Script script = new Script();

    public LifeWorld(TokenStore store, TokenPolicy first, String firstId, TokenPolicy second, String secondId) {
        SecureRandom random = seeded();
        banks = List.of(
                new LifeBank(store, new ServiceId(firstId), first, clock, random),
                new LifeBank(store, new ServiceId(secondId), second, clock, random));
    }

    private static SecureRandom seeded() {
        try {
            SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
            random.setSeed(1);
            return random;
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** Takes a step, or all single steps of which it consists. */
    public void take(Step step) {
        step.parts().forEach(this::takeOne);
    }

    private void takeOne(Step step) {
        LifeBank bank = banks.get(step.second() ? 1 : 0);
        LifeBank other = banks.get(step.second() ? 0 : 1);
        Expectations expectations = new Expectations(script, bank);
        Holder holder = step.holderName();
        Map<Holder, Long> eventsBefore = new HashMap<>();
        for (Holder concerned : step.kind() == StepKind.FLOOR ? bank.holders.keySet() : List.of(holder)) {
            eventsBefore.put(concerned, bank.eventCount(concerned));
            bank.model(concerned).events.clear();
        }
        Registration there = other.tokens.registration(holder);
        long eventsThere = other.eventCount(holder);
        script.begin(step);
        script.end(perform(step, bank, expectations));
        eventsBefore.forEach((concerned, count) -> expectations.holder(concerned, count, clock.instant()));
        if (step.kind() != StepKind.WAIT) {
            expectations.expect("the other institution's view", other.tokens.registration(holder), there);
            expectations.expect("the other institution's events", other.eventCount(holder), eventsThere);
        }
    }

    private String perform(Step step, LifeBank bank, Expectations expectations) {
        switch (step.kind()) {
            case WAIT -> {
                clock.advance(StepKind.WAITS.get(step.code()));
                return clock.instant().toString();
            }
            case STOCK -> {
                expectations.expect(
                        "whether the token is imported", bank.stockOne().isAccepted(), true);
                return "in stock";
            }
            case FLOOR -> {
                return new FloorStep(step, bank, expectations, clock.instant()).run();
            }
            default -> {
                Refusal refusal = new StepRunner(step, bank, expectations, clock.instant()).run();
                return refusal == null ? "done" : refusal.name();
            }
        }
    }
}
