package dev.watchword.demo.bank;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.RegistrationStatus;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.spring.WatchwordTransactions;
import dev.watchword.otp.spring.feed.HandledEvents;
import dev.watchword.otp.spring.feed.TokenEventListener;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The largest amount of one transfer, which depends on the customer's token. */
@Service
public class TransferLimits {
    /** The largest limit of a customer without a token, in yen. */
    public static final long WITHOUT_TOKEN = 200_000;

    /** The largest limit of a customer with a token, in yen. */
    public static final long WITH_TOKEN = 1_000_000;

    private static final String CONSUMER = "limits";

    private final Customers customers;
    private final WatchwordTransactions transactions;
    private final HandledEvents handled;

    TransferLimits(Customers customers, WatchwordTransactions transactions, JdbcOperations jdbc) {
        this.customers = customers;
        this.transactions = transactions;
        handled = new HandledEvents(jdbc);
    }

    /** Lowers the limit after a revocation by the holder or by an operator. A token that has a successor is superseded and not revoked. */
    @TokenEventListener(consumer = CONSUMER, types = EventType.REVOKED)
    @Transactional
    public void lower(Holder holder, TokenEvent event) {
        if (handled.isNew(CONSUMER, holder, event)) {
            lower(holder);
        }
    }

    /** Lowers the limit at once, after the customer revoked the token on a page, which does not wait for the feed. */
    public void lower(Holder holder) {
        if (!isLowered(holder)) {
            customers.limitTransfers(holder, WITHOUT_TOKEN);
        }
    }

    /** {@return whether the limit is at most {@link #WITHOUT_TOKEN}} */
    public boolean isLowered(Holder holder) {
        return customers.of(holder).transferLimit() <= WITHOUT_TOKEN;
    }

    /**
     * Changes the limit of a customer whose token is active. The registration stays locked until the commit, so a revocation comes before,
     * and is seen, or after, and lowers the limit again.
     *
     * @param holder the customer
     * @param limit the limit, at most {@link #WITH_TOKEN}
     * @return whether the limit was changed
     */
    @Transactional
    public boolean change(Holder holder, long limit) {
        boolean active = transactions.current().lockedRegistration(holder).status() == RegistrationStatus.ACTIVE;
        if (active) {
            customers.limitTransfers(holder, limit);
        }
        return active;
    }
}
