package dev.watchword.demo.transfer;

import dev.watchword.demo.bank.Micros;
import dev.watchword.otp.app.SealedRequest;
import dev.watchword.otp.lifecycle.model.UserId;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The signing requests that wait for an app. The bank cannot call a phone, so the app asks for them. */
@Repository
public class Pushes {
    private final JdbcClient database;
    private final Clock clock;

    Pushes(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Returns the requests that wait for the app of a user. Anyone can ask for them, but only the user's device can open them.
     *
     * @param user the user
     * @return the sealed requests in Base64 URL
     */
    public List<String> waiting(UserId user) {
        return database.sql(
                        "SELECT sealed FROM push WHERE user_id = ? AND expires_at > ? ORDER BY expires_at, request_id")
                .params(user.value(), Micros.of(clock.instant()))
                .query(String.class)
                .list();
    }

    void add(Transfer transfer, UserId user, SealedRequest sealed) {
        database.sql("DELETE FROM push WHERE expires_at <= ?")
                .param(Micros.of(clock.instant()))
                .update();
        database.sql("INSERT INTO push (request_id, user_id, sealed, expires_at) VALUES (?, ?, ?, ?)")
                .params(
                        transfer.request().value(),
                        user.value(),
                        Base64.getUrlEncoder().encodeToString(sealed.toBytes()),
                        Micros.of(transfer.expiresAt()))
                .update();
    }

    void remove(Transfer transfer) {
        database.sql("DELETE FROM push WHERE request_id = ?")
                .param(transfer.request().value())
                .update();
    }
}
