package dev.watchword.otp.jdbc.faults;

import dev.watchword.otp.jdbc.JdbcTokenStore;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Pending;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.model.WatchwordException;
import dev.watchword.otp.lifecycle.operations.Histories;
import dev.watchword.otp.lifecycle.operations.HistoryFinding;
import dev.watchword.otp.testing.FakeClock;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Compares the answers to clients with the database, and describes each difference. */
final class Checker {
    private static final int PAGE = 1000;
    private static final Set<Request.Kind> WITH_CODE = Set.of(Request.Kind.VERIFY, Request.Kind.USE_EMERGENCY_CODE);

    private final Round round;
    private final Account account;
    private final DataSource database;
    private final JdbcTokenStore store;
    private final List<String> violations = new ArrayList<>();
    private final Map<Holder, List<TokenEvent>> histories = new LinkedHashMap<>();
    private final Map<Holder, Recount> recounts = new HashMap<>();

    Checker(Round round, Account account, DataSource database) {
        this.round = round;
        this.account = account;
        this.database = database;
        store = JdbcTokenStore.on(database);
    }

    /**
     * Checks all data, and submits again every code that was acknowledged as accepted. No other client may run.
     *
     * @return the findings, empty if all is right
     */
    List<String> violations() throws SQLException, InterruptedException {
        violations.addAll(account.broken);
        acknowledgements();
        try {
            histories();
            states();
            violations.addAll(new FeedCheck(round, store).violations(account, histories));
            violations.addAll(new EmergencyReplays(round, store, account).violations(recounts));
            violations.addAll(new Replays(round, store).violations(account, recounts));
        } catch (WatchwordException e) {
            violations.add("not to be read or written: " + e + ", " + e.getCause());
        }
        return List.copyOf(violations);
    }

    long events() {
        return histories.values().stream().mapToLong(List::size).sum();
    }

    /** Checks the clients' diaries without the database. */
    private void acknowledgements() {
        once("code accepted twice: ", account.spent());
        once("emergency code accepted twice: ", account.usedCodes());
        account.requests.values().stream()
                .filter(request -> WITH_CODE.contains(request.kind()) && request.step() == Request.NO_STEP)
                .filter(request -> account.answer(request).isDone())
                .forEach(request -> violations.add("wrong code accepted: " + request));
    }

    private void once(String finding, List<Request> accepted) {
        Map<String, Request> codes = new HashMap<>();
        for (Request request : accepted) {
            Request before = codes.put(request.serial() + " " + request.step(), request);
            if (before != null) {
                violations.add(finding + before + " and " + request);
            }
        }
    }

    private void histories() {
        Set<Holder> holders = new TreeSet<>(Comparator.comparing(Holder::value));
        holders.addAll(round.holders());
        holders.addAll(store.holders(round.serviceId(), null, PAGE));
        Histories chains = round.bank(store, FakeClock.at(round.start())).histories();
        Ledger ledger = new Ledger(account, violations);
        for (Holder holder : holders) {
            for (HistoryFinding broken : chains.verify(holder).findings()) {
                violations.add("chain broken: " + holder + " at event " + broken.number() + ", " + broken.fault());
            }
            Recount recount = new Recount();
            List<TokenEvent> history = history(holder);
            for (TokenEvent event : history) {
                if (!recount.count(event, ledger.enter(holder, event))) {
                    violations.add("event out of place: " + event + " of " + holder);
                }
            }
            histories.put(holder, history);
            recounts.put(holder, recount);
        }
        ledger.close();
    }

    private List<TokenEvent> history(Holder holder) {
        List<TokenEvent> history = new ArrayList<>();
        List<TokenEvent> page;
        do {
            page = store.history(round.serviceId(), holder, history.size(), PAGE).stream()
                    .map(recorded -> recorded.event())
                    .toList();
            history.addAll(page);
        } while (page.size() == PAGE);
        return history;
    }

    private void states() throws SQLException {
        Stored stored = Stored.read(database, round.serviceId());
        recounts.forEach((holder, recount) -> {
            Enrolment enrolment =
                    store.find(round.serviceId(), holder).orElseGet(() -> Enrolment.none(round.serviceId(), holder));
            same(holder, "version", recount.version, enrolment.version());
            same(holder, "changes", recount.version, stored.changes.getOrDefault(holder, 0L));
            same(
                    holder,
                    "events",
                    (long) histories.getOrDefault(holder, List.of()).size(),
                    enrolment.eventCount());
            same(holder, "token in use", recount.inUse, serial(enrolment.token()));
            Pending waiting = enrolment.pending();
            same(holder, "waiting token", recount.waiting, waiting == null ? null : serial(waiting.token()));
            same(holder, "emergency codes", recount.codes.state(), CountedCodes.state(enrolment.backupCodes()));
            tokens(holder, recount, stored.tokens.getOrDefault(holder, Map.of()));
        });
    }

    private static @Nullable SerialNumber serial(@Nullable Token token) {
        return token == null ? null : token.serial();
    }

    private void tokens(Holder holder, Recount recount, Map<SerialNumber, Stored.TokenState> rows) {
        same(holder, "tokens", recount.tokens.keySet(), rows.keySet());
        recount.tokens.forEach((serial, counted) -> {
            Stored.TokenState row = rows.get(serial);
            if (row == null) {
                return;
            }
            String of = " of token " + serial;
            same(holder, "state" + of, counted.state.name(), row.state());
            same(holder, "failures" + of, counted.failures, row.failures());
            same(holder, "failures in all" + of, counted.failuresSinceAccepted, row.failuresSinceAccepted());
            same(holder, "suspension" + of, counted.suspended, row.suspended());
            Long lastStep = row.lastStep();
            if (lastStep == null ? !counted.lastStep.isEmpty() : !counted.lastStep.contains(lastStep)) {
                same(holder, "last step" + of, counted.lastStep, lastStep);
            }
        });
    }

    private void same(Holder holder, String what, @Nullable Object byEvents, @Nullable Object stored) {
        if (!Objects.equals(byEvents, stored)) {
            violations.add("state without its events: " + holder + " has by its events the " + what + " " + byEvents
                    + ", and stored is " + stored);
        }
    }
}
