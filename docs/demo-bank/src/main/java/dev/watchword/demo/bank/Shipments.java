package dev.watchword.demo.bank;

import dev.watchword.otp.lifecycle.HolderProof;
import dev.watchword.otp.lifecycle.model.Origin;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.spring.WatchwordTransactions;
import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The hardware tokens that the bank has to send. The order of the token and the bank's row are in one transaction: both are stored, or
 * neither is. The customer proves the order before, so that a rollback gives back no guess of a password.
 */
@Service
public class Shipments {
    private final WatchwordTransactions transactions;
    private final JdbcClient database;
    private final Clock clock;

    Shipments(WatchwordTransactions transactions, JdbcClient database, Clock clock) {
        this.transactions = transactions;
        this.database = database;
        this.clock = clock;
    }

    /** Orders the first token of a customer. */
    @Transactional
    public Outcome<Registration> order(Customer customer, HolderProof proof, Origin origin) {
        return recorded(customer, transactions.current(origin).orderHardware(customer.holder(), proof));
    }

    /** Orders the successor of a customer's token. */
    @Transactional
    public Outcome<Registration> renew(Customer customer, HolderProof proof, Origin origin) {
        return recorded(customer, transactions.current(origin).renewHardware(customer.holder(), proof));
    }

    private Outcome<Registration> recorded(Customer customer, Outcome<Registration> ordered) {
        if (ordered.isAccepted()) {
            database.sql("INSERT INTO shipment (login_id, address, ordered_at) VALUES (?, ?, ?)")
                    .params(customer.loginId(), customer.address(), Micros.of(clock.instant()))
                    .update();
        }
        return ordered;
    }
}
