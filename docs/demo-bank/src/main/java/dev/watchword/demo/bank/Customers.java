package dev.watchword.demo.bank;

import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.MailAddress;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The customers in the bank's database. */
@Repository
public class Customers {
    private static final String SELECT = "SELECT login_id, name, address, transfer_limit FROM customer";

    private final JdbcClient database;

    Customers(JdbcClient database) {
        this.database = database;
    }

    /** {@return the customer of a holder} */
    public Customer of(Holder holder) {
        return find(holder.value())
                .orElseThrow(() -> new IllegalStateException("The bank has no customer for a holder of a token"));
    }

    /** {@return the customer with this login ID, compared exactly} */
    public Optional<Customer> find(String loginId) {
        return database.sql(SELECT + " WHERE login_id = ?")
                .param(loginId)
                .query(Customer.class)
                .optional();
    }

    /** {@return all customers, by login ID} */
    public List<Customer> all() {
        return database.sql(SELECT + " ORDER BY login_id").query(Customer.class).list();
    }

    /** {@return the customer's registered mail address; empty if the bank has none} */
    public Optional<MailAddress> mailAddress(Holder holder) {
        return database.sql("SELECT mail FROM customer WHERE login_id = ? AND mail IS NOT NULL")
                .param(holder.value())
                .query(String.class)
                .optional()
                .flatMap(MailAddress::parse);
    }

    /** Sets the largest amount of one transfer, in yen. */
    public void limitTransfers(Holder holder, long limit) {
        database.sql("UPDATE customer SET transfer_limit = ? WHERE login_id = ?")
                .params(limit, holder.value())
                .update();
    }
}
