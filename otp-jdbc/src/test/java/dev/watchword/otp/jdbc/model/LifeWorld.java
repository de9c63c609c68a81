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
import java.util.List;

/**
 * Two institutions on one store with three holders each, and the naive model of them. Each step runs in the library and
 * in the model, and both must agree. The institutions share the clock, the names of holders and the serial numbers.
 */
public final class LifeWorld {
    private final FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z");
    private final List<LifeBank> banks;
    private final Expectations expectations;

    public LifeWorld(TokenStore store, TokenPolicy policy, String firstId, String secondId) {
        SecureRandom random = seeded();
        expectations = new Expectations(policy.lock());
        banks = List.of(
                new LifeBank(store, new ServiceId(firstId), policy, clock, random),
                new LifeBank(store, new ServiceId(secondId), policy, clock, random));
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
        Holder holder = step.holderName();
        Registration there = other.tokens.registration(holder);
        long eventsBefore = bank.eventCount(holder);
        bank.model(holder).events.clear();
        expectations.note(step, perform(step, bank));
        expectations.holder(bank, holder, eventsBefore, clock.instant());
        expectations.expect(
                "the other institution's view",
                other.tokens.registration(holder),
                unchanged(step) ? there : other.tokens.registration(holder));
    }

    /** Only the passage of time may change the view of another institution. */
    private static boolean unchanged(Step step) {
        return !step.kind().concernsNoHolder();
    }

    private String perform(Step step, LifeBank bank) {
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
            default -> {
                Refusal refusal = new StepRunner(step, bank, expectations, clock.instant()).run();
                return refusal == null ? "done" : refusal.name();
            }
        }
    }
}
