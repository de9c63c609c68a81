package dev.watchword.otp.jdbc.faults;

import static dev.watchword.otp.jdbc.support.Outcomes.refusal;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.Totp;
import dev.watchword.otp.jdbc.JdbcTokenStore;
import dev.watchword.otp.lifecycle.OperatorDesk;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.TokenState;
import dev.watchword.otp.lifecycle.model.WatchwordException;
import dev.watchword.otp.testing.FakeClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Submits every code that was acknowledged as accepted again, at its own time. */
final class Replays {
    private static final int THREADS = 4;

    private final Round round;
    private final JdbcTokenStore store;

    Replays(Round round, JdbcTokenStore store) {
        this.round = round;
        this.store = store;
    }

    List<String> violations(Account account, Map<Holder, Recount> recounts) throws InterruptedException {
        List<String> violations = new ArrayList<>();
        resume(recounts, violations);
        List<Request> inUse = new ArrayList<>();
        List<Request> ended = new ArrayList<>();
        for (Request request : account.spent()) {
            (isInUse(request, recounts.get(request.holder())) ? inUse : ended).add(request);
        }
        submit(account, inUse, true, violations);
        submit(
                account,
                ended,
                false,
                violations); // counts against the token that is in use now, so this is the last step
        return violations;
    }

    private void resume(Map<Holder, Recount> recounts, List<String> violations) {
        OperatorDesk desk = round.bank(store, FakeClock.at(round.start())).desk(new Operator("checker"));
        recounts.forEach((holder, recount) -> {
            if (recount.tokens.values().stream().anyMatch(token -> token.suspended)) {
                Refusal refusal = refusal(desk.resume(holder, "its codes are submitted again"));
                if (refusal != null && refusal != Refusal.CEILING_REACHED) {
                    violations.add("not resumed: " + holder + ", " + refusal);
                }
            }
        });
    }

    private static boolean isInUse(Request request, @Nullable Recount recount) {
        return recount != null
                && request.serial() != null
                && request.serial().equals(recount.inUse)
                && recount.tokens.containsKey(request.serial())
                && recount.tokens.get(request.serial()).state == TokenState.ACTIVE;
    }

    private void submit(Account account, List<Request> requests, boolean inUse, List<String> violations)
            throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Callable<List<String>>> shares = new ArrayList<>();
        int share = 1 + requests.size() / THREADS;
        for (int from = 0; from < requests.size(); from += share) {
            List<Request> mine = requests.subList(from, Math.min(from + share, requests.size()));
            shares.add(() -> submit(account, mine, inUse));
        }
        try {
            for (Future<List<String>> done : threads.invokeAll(shares)) {
                violations.addAll(done.get());
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof WatchwordException failure) {
                throw failure;
            }
            throw new IllegalStateException("The codes could not be submitted again", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private List<String> submit(Account account, List<Request> requests, boolean inUse) {
        FakeClock clock = FakeClock.at(round.start());
        TokenService tokens = round.bank(store, clock).tokens();
        List<String> violations = new ArrayList<>();
        for (Request request : requests) {
            OtpSecret secret = account.phones.get(request.serial());
            if (secret == null) {
                violations.add("no phone shows the code of " + request);
                continue;
            }
            clock.set(Round.PROFILE.startOf(request.step()));
            String code = Totp.of(Round.PROFILE, secret).generate(clock.instant());
            Refusal again = refusal(tokens.verify(request.holder(), code, Purpose.LOGIN));
            if (again == null) {
                violations.add("code accepted again: " + request);
            } else if (inUse && again != Refusal.REPLAYED) {
                violations.add("spent code not known: " + request + " is now " + again);
            }
        }
        return violations;
    }
}
