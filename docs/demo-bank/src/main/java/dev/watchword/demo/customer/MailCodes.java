package dev.watchword.demo.customer;

import dev.watchword.demo.bank.JapanTime;
import dev.watchword.demo.bank.Letters;
import dev.watchword.demo.bank.Micros;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Mails the codes that confirm the issue of a software token, a few within ten minutes, so that nobody floods a mailbox. */
@Component
class MailCodes {
    private static final int LIMIT = 5;
    private static final Duration WITHIN = Duration.ofMinutes(10);

    private final JdbcClient database;
    private final Letters letters;
    private final JapanTime time;
    private final Clock clock;

    MailCodes(JdbcClient database, Letters letters, JapanTime time, Clock clock) {
        this.database = database;
        this.letters = letters;
        this.time = time;
        this.clock = clock;
    }

    /** Counts a mail, and returns whether it may be sent. */
    boolean allow(Holder holder) {
        Instant now = clock.instant();
        long since = Micros.of(now.minus(WITHIN));
        database.sql("DELETE FROM mail_code WHERE login_id = ? AND sent_at <= ?")
                .params(holder.value(), since)
                .update();
        return database.sql("INSERT INTO mail_code (login_id, sent_at) SELECT ?, ?"
                                + " WHERE (SELECT COUNT(*) FROM mail_code WHERE login_id = ? AND sent_at > ?) < ?")
                        .params(holder.value(), Micros.of(now), holder.value(), since, LIMIT)
                        .update()
                == 1;
    }

    /** Creates a code, mails it, and returns when it was sent. */
    Outcome<Instant> send(Visit visit, String mail) {
        return visit.tokens()
                .createMailCode(visit.holder(), Operation.ISSUE, mail)
                .map(created -> {
                    letters.send(created.destination(), "code", language ->
                            new Object[] {created.code().exposeText(), time.second(created.sentAt(), language)});
                    return created.sentAt();
                });
    }
}
