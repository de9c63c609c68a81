package dev.watchword.springboot;

import dev.watchword.otp.lifecycle.HolderProof;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.spring.WatchwordTransactions;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The accounts of the bank. */
@Service
class Accounts {
    private final JdbcTemplate jdbc;
    private final WatchwordTransactions transactions;

    Accounts(JdbcTemplate jdbc, WatchwordTransactions transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    @Transactional
    public void revoke(Holder holder, HolderProof proof) {
        transactions.current().revoke(holder, proof).orElseThrow();
        jdbc.update("UPDATE account SET transfer_limit = 200000 WHERE holder = ?", holder.value());
    }
}
