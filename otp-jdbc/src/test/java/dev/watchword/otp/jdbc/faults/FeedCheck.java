package dev.watchword.otp.jdbc.faults;

import dev.watchword.otp.jdbc.JdbcTokenStore;
import dev.watchword.otp.jdbc.faults.Account.Fed;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.model.FeedStart;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.operations.EventFeed;
import dev.watchword.otp.lifecycle.policy.FeedPolicy;
import dev.watchword.otp.testing.FakeClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Checks that the consumer got every event at least once, and the events of a holder in order. */
final class FeedCheck {
    private final Round round;
    private final JdbcTokenStore store;

    FeedCheck(Round round, JdbcTokenStore store) {
        this.round = round;
        this.store = store;
    }

    /** Lets another worker of the consumer continue until nothing is due. The leases of dead workers have ended. */
    private void drain(Account account) {
        FakeClock clock = FakeClock.at(round.start().plus(Round.LEASE.multipliedBy(2)));
        Institution bank = round.bank(store, clock);
        bank.consumers().create(Round.CONSUMER, FeedStart.FIRST_EVENT);
        EventFeed feed = bank.feed(Round.CONSUMER, FeedPolicy.STANDARD.withLease(Round.LEASE));
        long delivered;
        do {
            delivered = feed.deliver((holder, event) -> account.fed
                            .computeIfAbsent(holder, key -> new ArrayList<>())
                            .add(new Fed(event.number(), event.type())))
                    .events();
        } while (delivered > 0);
    }

    List<String> violations(Account account, Map<Holder, List<TokenEvent>> histories) {
        drain(account);
        List<String> violations = new ArrayList<>();
        histories.forEach((holder, history) -> {
            int last = 0;
            for (Fed fed : account.fed.getOrDefault(holder, List.of())) {
                if (fed.number() > last + 1) {
                    violations.add("fed out of order: " + holder + " event " + fed.number() + " after " + last);
                }
                if (fed.number() > history.size()
                        || history.get((int) fed.number() - 1).type() != fed.type()) {
                    violations.add("fed what is not in the history: " + holder + " " + fed);
                }
                last = Math.max(last, (int) fed.number());
            }
            if (last < history.size()) {
                violations.add("not fed: " + holder + " event " + (last + 1) + " of " + history.size());
            }
        });
        return violations;
    }
}
