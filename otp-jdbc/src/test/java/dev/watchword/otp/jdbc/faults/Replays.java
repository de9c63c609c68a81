package dev.watchword.otp.jdbc.faults;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.Totp;
import dev.watchword.otp.jdbc.JdbcTokenStore;
import dev.watchword.otp.lifecycle.Accepted;
import dev.watchword.otp.lifecycle.Holder;
import dev.watchword.otp.lifecycle.Operator;
import dev.watchword.otp.lifecycle.Outcome;
import dev.watchword.otp.lifecycle.Purpose;
import dev.watchword.otp.lifecycle.Refusal;
import dev.watchword.otp.lifecycle.Refused;
import dev.watchword.otp.lifecycle.StorageException;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.TokenState;
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

/** Every code that was acknowledged as accepted, submitted once more at its own time. */
final class Replays {
    private static final int THREADS = 4;

    private final Round round;
    private final JdbcTokenStore store;

    Replays(Round round, JdbcTokenStore store) {
        this.round = round;
        this.store = store;
    }

    List<String> violations(Account account, Map<Holder, Recount> recounts) throws InterruptedException {
        resume(recounts);
        List<Request> inUse = new ArrayList<>();
        List<Request> ended = new ArrayList<>();
        for (Request request : account.spent()) {
            (isInUse(request, recounts.get(request.holder())) ? inUse : ended).add(request);
        }
        List<String> violations = new ArrayList<>();
        submit(account, inUse, true, violations);
        submit(account, ended, false, violations); // charged to the token that is in use now, and so last
        return violations;
    }

    private void resume(Map<Holder, Recount> recounts) {
        TokenService tokens = round.tokens(store, FakeClock.at(round.start()));
        recounts.forEach((holder, recount) -> {
            if (recount.tokens.values().stream().anyMatch(token -> token.suspended)) {
                tokens.desk(new Operator("checker")).resume(holder, "its codes are submitted again");
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
            if (e.getCause() instanceof StorageException failure) {
                throw failure;
            }
            throw new IllegalStateException("The codes could not be submitted again", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private List<String> submit(Account account, List<Request> requests, boolean inUse) {
        FakeClock clock = FakeClock.at(round.start());
        TokenService tokens = round.tokens(store, clock);
        List<String> violations = new ArrayList<>();
        for (Request request : requests) {
            OtpSecret secret = account.phones.get(request.serial());
            if (secret == null) {
                violations.add("no phone shows the code of " + request);
                continue;
            }
            clock.set(Round.PROFILE.startOf(request.step()));
            Outcome again = tokens.verify(
                    request.holder(), Totp.of(Round.PROFILE, secret).generate(clock.instant()), Purpose.LOGIN);
            if (again instanceof Accepted) {
                violations.add("code accepted again: " + request);
            } else if (inUse && ((Refused) again).refusal() != Refusal.REPLAYED) {
                violations.add("spent code not known: " + request + " is now " + ((Refused) again).refusal());
            }
        }
        return violations;
    }
}
