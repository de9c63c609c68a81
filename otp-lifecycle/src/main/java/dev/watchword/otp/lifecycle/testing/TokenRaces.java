package dev.watchword.otp.lifecycle.testing;

import static dev.watchword.otp.lifecycle.testing.Scene.expect;

import dev.watchword.otp.lifecycle.Accepted;
import dev.watchword.otp.lifecycle.EventType;
import dev.watchword.otp.lifecycle.Holder;
import dev.watchword.otp.lifecycle.Outcome;
import dev.watchword.otp.lifecycle.Purpose;
import dev.watchword.otp.lifecycle.Refusal;
import dev.watchword.otp.lifecycle.Refused;
import dev.watchword.otp.lifecycle.RegistrationStatus;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import dev.watchword.otp.testing.FakeClock;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** What must hold when many threads submit codes of one token to a service at once, as named checks. */
public final class TokenRaces {
    private TokenRaces() {}

    /**
     * Returns the checks.
     *
     * @param store gives the store on which the service works; called once for each check
     * @param threads how many threads submit a code at the same moment, more than the limit of wrong codes, which is 5
     * @param rounds how often, each time with a token of its own
     * @return the checks
     * @throws IllegalArgumentException if there are too few threads
     */
    public static List<Check> checks(Supplier<? extends TokenStore> store, int threads, int rounds) {
        if (threads <= InMemoryTokens.POLICY.lock().failureLimit()) {
            throw new IllegalArgumentException("threads must be more than the limit of wrong codes, not " + threads);
        }
        return List.of(
                new Check(
                        "one code submitted by " + threads + " threads is accepted once, in " + rounds + " rounds",
                        () -> run(store.get(), threads, rounds, TokenRaces::oneCode)),
                new Check(
                        threads + " wrong codes at once are charged up to the limit, in " + rounds + " rounds",
                        () -> run(store.get(), threads, rounds, TokenRaces::wrongCodes)));
    }

    private interface Race {
        void run(Crowd crowd, int threads, Player player);
    }

    private static void run(TokenStore store, int threads, int rounds, Race race) {
        try (Crowd crowd = new Crowd(threads)) {
            for (int round = 0; round < rounds; round++) {
                race.run(crowd, threads, new Player(store));
            }
        }
    }

    private static void oneCode(Crowd crowd, int threads, Player player) {
        String code = player.phone.code();
        List<Outcome> outcomes = crowd.atOnce(i -> player.login(code));

        expect("acceptances", count(outcomes, Accepted.class::isInstance), 1L);
        expect("replays", count(outcomes, outcome -> isRefused(outcome, Refusal.REPLAYED)), threads - 1L);
        expect("recorded acceptances", player.recorded(EventType.CODE_ACCEPTED), 1L);
    }

    private static void wrongCodes(Crowd crowd, int threads, Player player) {
        List<String> codes =
                IntStream.range(0, threads).mapToObj(player.phone::wrongCode).toList();
        List<Outcome> outcomes = crowd.atOnce(i -> player.login(codes.get(i)));
        long limit = InMemoryTokens.POLICY.lock().failureLimit();

        expect("charged", count(outcomes, outcome -> isRefused(outcome, Refusal.WRONG_CODE)), limit);
        expect("unevaluated", count(outcomes, outcome -> isRefused(outcome, Refusal.SUSPENDED)), threads - limit);
        expect("recorded failures", player.recorded(EventType.WRONG_CODE), limit);
        expect("recorded suspensions", player.recorded(EventType.SUSPENDED), 1L);
        expect("the status", player.tokens.registration(player.holder).status(), RegistrationStatus.SUSPENDED);
        expect("the right code afterwards", isRefused(player.login(player.phone.code()), Refusal.SUSPENDED), true);
    }

    private static long count(List<Outcome> outcomes, Function<Outcome, Boolean> what) {
        return outcomes.stream().filter(what::apply).count();
    }

    private static boolean isRefused(Outcome outcome, Refusal refusal) {
        return outcome instanceof Refused refused && refused.refusal() == refusal;
    }

    /** A holder with an active token of their own. */
    private static final class Player {
        private final FakeClock clock = FakeClock.at(Scene.NOW);
        private final Holder holder = new Holder(UUID.randomUUID().toString());
        private final TokenService tokens;
        private final FakePhone phone;

        Player(TokenStore store) {
            tokens = InMemoryTokens.builder(store, clock).build();
            phone = FakePhone.active(tokens, holder, clock);
        }

        Outcome login(String code) {
            return tokens.verify(holder, code, Purpose.LOGIN);
        }

        long recorded(EventType type) {
            return tokens.history(holder, 0, 1000).stream()
                    .filter(event -> event.type() == type)
                    .count();
        }
    }
}
