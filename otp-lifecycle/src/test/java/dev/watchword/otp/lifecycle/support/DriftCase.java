package dev.watchword.otp.lifecycle.support;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.TotpWindow;
import dev.watchword.otp.lifecycle.policy.CodePolicy;
import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/**
 * A policy, and a token that is used under it.
 *
 * @param policy a preset, or any policy that can be constructed
 * @param profile the profile of the token: the policy's, or another one of a hardware token
 * @param hardware whether the token is a hardware token
 * @param start the instant at which the case begins
 */
public record DriftCase(CodePolicy policy, TotpProfile profile, boolean hardware, Instant start) {
    private static final int GREATEST_CAP = 60;
    private static final int HOUR = 3600;
    private static final Instant FIRST_START = Instant.parse("2026-11-23T09:00:00Z");

    /** Returns the greatest drift that this token can learn. */
    public int cap() {
        return (int) Math.min(policy.driftCap(), HOUR / profile.timeStep().toSeconds());
    }

    /** Presets and random policies, with software tokens and hardware tokens. */
    public static Arbitrary<DriftCase> any() {
        Arbitrary<CodePolicy> policies = Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.just(CodePolicy.BANK)),
                Tuple.of(1, Arbitraries.just(CodePolicy.AUTHENTICATOR_APP)),
                Tuple.of(6, policies()));
        return Combinators.combine(policies, profiles(), upTo(2), upTo(10_000_000))
                .as((policy, other, kind, second) -> new DriftCase(
                        policy, kind == 2 ? other : policy.profile(), kind > 0, FIRST_START.plusSeconds(second)));
    }

    private static Arbitrary<TotpProfile> profiles() {
        return Combinators.combine(Arbitraries.of(HmacAlgorithm.values()), upTo(3), upTo(285), upTo(1000))
                .as((algorithm, digits, step, t0) -> new TotpProfile(
                        algorithm, 6 + digits, Duration.ofSeconds(15L + step), Instant.ofEpochSecond(t0)));
    }

    /** Numbers from 0 on, all equally frequent. */
    public static Arbitrary<Integer> upTo(int max) {
        return Arbitraries.integers().between(0, max).withDistribution(RandomDistribution.uniform());
    }

    private static Arbitrary<CodePolicy> policies() {
        Arbitrary<Integer> steps = upTo(TotpWindow.MAX);
        Arbitrary<Integer> caps = upTo(GREATEST_CAP);
        return Combinators.combine(profiles(), steps, steps, steps, steps, caps, caps)
                .as((profile, past, future, widerPast, widerFuture, cap, range) -> {
                    int driftCap = (int) Math.min(cap, HOUR / profile.timeStep().toSeconds());
                    return CodePolicy.builder()
                            .profile(profile)
                            .window(new TotpWindow(past, future))
                            .activationWindow(new TotpWindow(Math.max(past, widerPast), Math.max(future, widerFuture)))
                            .driftCap(driftCap)
                            .resynchronisationRange(Math.min(range, driftCap))
                            .build();
                });
    }
}
