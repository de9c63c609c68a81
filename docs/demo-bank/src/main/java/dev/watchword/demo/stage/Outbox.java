package dev.watchword.demo.stage;

import dev.watchword.demo.bank.Mail;
import dev.watchword.demo.bank.Micros;
import dev.watchword.otp.lifecycle.model.MailAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Keeps the mail of the demonstration in a table, instead of sending it. */
@Component
@Profile("demo")
class Outbox implements Mail {
    private static final int SHOWN = 50;

    private final JdbcClient database;
    private final Clock clock;

    Outbox(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** A mail that was not sent. */
    record Letter(String recipient, String subject, String body, Instant sentAt) {}

    @Override
    public void send(MailAddress to, String subject, String body) {
        database.sql("INSERT INTO outbox (id, recipient, subject, body, sent_at) VALUES (?, ?, ?, ?, ?)")
                .params(UUID.randomUUID().toString(), to.value(), subject, body, Micros.of(clock.instant()))
                .update();
    }

    /** Returns the newest mails first. */
    List<Letter> newest() {
        return database.sql("SELECT recipient, subject, body, sent_at FROM outbox ORDER BY sent_at DESC, id LIMIT ?")
                .param(SHOWN)
                .query((row, number) -> new Letter(
                        row.getString("recipient"),
                        row.getString("subject"),
                        row.getString("body"),
                        Micros.toInstant(row.getLong("sent_at"))))
                .list();
    }
}
