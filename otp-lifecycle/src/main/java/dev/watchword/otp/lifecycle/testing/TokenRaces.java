package dev.watchword.otp.lifecycle.testing;

import static dev.watchword.otp.lifecycle.testing.Scene.expect;

import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.OperatorDesk;
import dev.watchword.otp.lifecycle.RequestedSignature;
import dev.watchword.otp.lifecycle.model.CheckReturnValue;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.RegistrationStatus;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import dev.watchword.otp.signing.TransactionDetails;
import dev.watchword.otp.testing.FakeClock;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Named checks of an institution to which many threads submit codes of one token at once. They need no test framework. */
@CheckReturnValue
public final class TokenRaces {
    private static final TransactionDetails TRANSFER = TransactionDetails.of("payee", "0123456");

    /** The races that differ from those of a code only in the operation take place in a fraction of the rounds. */
    private static final int FEWER = 10;

    private TokenRaces() {}

    /**
     * Returns the checks.
     *
     * @param store supplies the store; called once for each check
     * @param threads the number of threads that submit a code at the same moment, more than the limit of 5 wrong codes
     * @param rounds the number of rounds of the races with codes, each with another token; other races take a tenth of them
     * @return the checks
     * @throws IllegalArgumentException if there are too few threads
     */
    public static List<Check> checks(Supplier<? extends TokenStore> store, int threads, int rounds) {
        if (threads <= TestInstitution.POLICY.lock().failureLimit()) {
            throw new IllegalArgumentException("threads must be more than the limit of wrong codes, not " + threads);
        }
        String by = " submitted by " + threads + " threads";
        int fewer = Math.max(1, rounds / FEWER);
        return List.of(
                check("one code" + by + " is accepted once", store, threads, rounds, TokenRaces::oneCode),
                check(
                        "wrong codes" + by + " are charged up to the limit",
                        store,
                        threads,
                        rounds,
                        TokenRaces::wrongCodes),
                check("one response" + by + " confirms once", store, threads, fewer, TokenRaces::oneResponse),
                check(
                        "one response and a withdrawal" + by + " close the request once",
                        store,
                        threads,
                        fewer,
                        TokenRaces::oneWithdrawal),
                check(
                        "wrong responses" + by + " are charged up to the limit",
                        store,
                        threads,
                        fewer,
                        TokenRaces::wrongResponses),
                check(
                        "one emergency code" + by + " is accepted once",
                        store,
                        threads,
                        fewer,
                        TokenRaces::oneEmergencyCode),
                check(
                        "wrong emergency codes" + by + " are charged up to their limit",
                        store,
                        threads,
                        fewer,
                        TokenRaces::wrongEmergencyCodes));
    }

    private static Check check(String name, Supplier<? extends TokenStore> store, int threads, int rounds, Race race) {
        return new Check(name + ", in " + rounds + " rounds", () -> run(store.get(), threads, rounds, race));
    }

    private interface Race {
        void run(int threads, Player player);
    }

    private static void run(TokenStore store, int threads, int rounds, Race race) {
        for (int round = 0; round < rounds; round++) {
            race.run(threads, new Player(store));
        }
    }

    private static void oneCode(int threads, Player player) {
        String code = player.phone.code();
        List<Outcome<Registration>> outcomes = Crowd.atOnce(threads, i -> player.login(code));

        expect("acceptances", count(outcomes, Outcome::isAccepted), 1L);
        expect("replays", count(outcomes, outcome -> isRefused(outcome, Refusal.REPLAYED)), threads - 1L);
        expect("recorded acceptances", player.recorded(EventType.CODE_ACCEPTED), 1L);
    }

    private static void wrongCodes(int threads, Player player) {
        List<String> codes =
                IntStream.range(0, threads).mapToObj(player.phone::wrongCode).toList();
        List<Outcome<Registration>> outcomes = Crowd.atOnce(threads, i -> player.login(codes.get(i)));
        long limit = TestInstitution.POLICY.lock().failureLimit();

        expect("charged", count(outcomes, outcome -> isRefused(outcome, Refusal.WRONG_CODE)), limit);
        expect("unevaluated", count(outcomes, outcome -> isRefused(outcome, Refusal.SUSPENDED)), threads - limit);
        expect("recorded failures", player.recorded(EventType.WRONG_CODE), limit);
        expect("recorded suspensions", player.recorded(EventType.SUSPENDED), 1L);
        expect("the status", player.bank.tokens().registration(player.holder).status(), RegistrationStatus.SUSPENDED);
        expect("the right code afterwards", isRefused(player.login(player.phone.code()), Refusal.SUSPENDED), true);
    }

    private static void oneResponse(int threads, Player player) {
        RequestedSignature request = player.request();
        String response = player.phone.approve(request.sealedRequest().orElseThrow());
        List<Outcome<Registration>> outcomes = Crowd.atOnce(threads, i -> player.confirm(request, response));

        expect("confirmations", count(outcomes, Outcome::isAccepted), 1L);
        expect("late ones", count(outcomes, outcome -> isRefused(outcome, Refusal.NO_REQUEST)), threads - 1L);
        expect("recorded confirmations", player.recorded(EventType.SIGNATURE_CONFIRMED), 1L);
        expect("recorded failures", player.recorded(EventType.WRONG_SIGNATURE), 0L);
    }

    /** Every other thread withdraws the request. */
    private static void oneWithdrawal(int threads, Player player) {
        RequestedSignature request = player.request();
        String response = player.phone.approve(request.sealedRequest().orElseThrow());
        List<Outcome<Registration>> outcomes =
                Crowd.atOnce(threads, i -> i % 2 == 0 ? player.confirm(request, response) : player.withdraw(request));

        expect("confirmations and withdrawals", count(outcomes, Outcome::isAccepted), 1L);
        expect("late ones", count(outcomes, outcome -> isRefused(outcome, Refusal.NO_REQUEST)), threads - 1L);
        expect(
                "recorded confirmations and withdrawals",
                player.recorded(EventType.SIGNATURE_CONFIRMED) + player.recorded(EventType.SIGNATURE_WITHDRAWN),
                1L);
        expect(
                "the open requests",
                player.bank.tokens().registration(player.holder).openRequests(),
                List.of());
    }

    private static void wrongResponses(int threads, Player player) {
        RequestedSignature request = player.request();
        String response = player.phone.approve(request.sealedRequest().orElseThrow());
        String wrong = response.startsWith("0") ? "11111111" : "00000000";
        List<Outcome<Registration>> outcomes = Crowd.atOnce(threads, i -> player.confirm(request, wrong));
        long limit = TestInstitution.POLICY.lock().failureLimit();

        expect("charged", count(outcomes, outcome -> isRefused(outcome, Refusal.WRONG_SIGNATURE)), limit);
        expect("unevaluated", count(outcomes, outcome -> isRefused(outcome, Refusal.SUSPENDED)), threads - limit);
        expect("recorded failures", player.recorded(EventType.WRONG_SIGNATURE), limit);
        expect("the right response afterwards", isRefused(player.confirm(request, response), Refusal.SUSPENDED), true);
    }

    private static void oneEmergencyCode(int threads, Player player) {
        String code = player.emergencyCode();
        List<Outcome<Registration>> outcomes = Crowd.atOnce(threads, i -> player.useEmergencyCode(code));

        expect("acceptances", count(outcomes, Outcome::isAccepted), 1L);
        expect("refusals", count(outcomes, outcome -> isRefused(outcome, Refusal.NO_BACKUP_CODES)), threads - 1L);
        expect("recorded acceptances", player.recorded(EventType.EMERGENCY_CODE_ACCEPTED), 1L);
        expect("recorded failures", player.recorded(EventType.WRONG_EMERGENCY_CODE), 0L);
    }

    /** Each wrong code is the right one of an earlier set. */
    private static void wrongEmergencyCodes(int threads, Player player) {
        List<String> codes = IntStream.range(0, threads)
                .mapToObj(i -> player.emergencyCode())
                .toList();
        String right = player.emergencyCode();
        List<Outcome<Registration>> outcomes = Crowd.atOnce(threads, i -> player.useEmergencyCode(codes.get(i)));
        long limit = TestInstitution.POLICY.backupCodes().emergencyTries();

        expect("charged", count(outcomes, outcome -> isRefused(outcome, Refusal.WRONG_BACKUP_CODE)), limit);
        expect("locked", count(outcomes, outcome -> isRefused(outcome, Refusal.BACKUP_CODES_LOCKED)), threads - limit);
        expect("recorded failures", player.recorded(EventType.WRONG_EMERGENCY_CODE), limit);
        expect("the status", player.bank.tokens().registration(player.holder).status(), RegistrationStatus.ACTIVE);
        expect(
                "the right code afterwards",
                isRefused(player.useEmergencyCode(right), Refusal.BACKUP_CODES_LOCKED),
                true);
    }

    private static long count(List<Outcome<Registration>> outcomes, Predicate<Outcome<Registration>> counted) {
        return outcomes.stream().filter(counted).count();
    }

    private static boolean isRefused(Outcome<Registration> outcome, Refusal refusal) {
        return outcome.fold(accepted -> false, refused -> refused.refusal() == refusal);
    }

    /** A holder with an active token. */
    private static final class Player {
        private final FakeClock clock = FakeClock.at(Scene.NOW);
        private final Holder holder = new Holder(UUID.randomUUID().toString());
        private final Institution bank;
        private final FakePhone phone;

        Player(TokenStore store) {
            bank = TestInstitution.builder(store, clock).build();
            phone = FakePhone.active(bank.tokens(), holder, clock);
        }

        Outcome<Registration> login(String code) {
            return bank.tokens().verify(holder, code, Purpose.LOGIN);
        }

        RequestedSignature request() {
            return bank.tokens()
                    .requestSignature(holder, Purpose.FUNDS_TRANSFER, TRANSFER)
                    .orElseThrow();
        }

        Outcome<Registration> confirm(RequestedSignature request, String response) {
            return bank.tokens().confirm(holder, request.id(), TRANSFER, response);
        }

        Outcome<Registration> withdraw(RequestedSignature request) {
            return desk().withdrawRequest(holder, request.id(), "cancelled");
        }

        private OperatorDesk desk() {
            return bank.desk(new Operator("helpdesk-7"));
        }

        String emergencyCode() {
            return desk().issueEmergencyCodes(holder, "lost")
                    .orElseThrow()
                    .codes()
                    .get(0)
                    .exposeText();
        }

        Outcome<Registration> useEmergencyCode(String code) {
            return bank.tokens().useEmergencyCode(holder, code);
        }

        long recorded(EventType type) {
            return bank.histories().read(holder, 0, 1000).stream()
                    .filter(event -> event.type() == type)
                    .count();
        }
    }
}
