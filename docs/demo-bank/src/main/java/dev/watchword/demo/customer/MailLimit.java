package dev.watchword.demo.customer;

import dev.watchword.demo.bank.Micros;
import dev.watchword.otp.lifecycle.model.Holder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The number of mail codes that a customer can request within ten minutes, so that nobody floods a mailbox. */
@Component
class MailLimit {
    private static final int LIMIT = 5;
    private static final Duration WITHIN = Duration.ofMinutes(10);

    private final JdbcClient database;
    private final Clock clock;

    MailLimit(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Counts a mail, and returns whether it may be sent. One statement decides and counts, so requests at the same time cannot all pass. */
    boolean allow(Holder holder) {
        Instant now = clock.instant();
        return database.sql("""
                                INSERT INTO mail_codes (login_id, since, sent) VALUES (:login, :now, 1)
                                ON CONFLICT (login_id) DO UPDATE SET
                                    sent = CASE WHEN mail_codes.since <= :ended THEN 1 ELSE mail_codes.sent + 1 END,
                                    since = CASE WHEN mail_codes.since <= :ended THEN :now ELSE mail_codes.since END
                                WHERE mail_codes.since <= :ended OR mail_codes.sent < :limit
                                """)
                        .param("login", holder.value())
                        .param("now", Micros.of(now))
                        .param("ended", Micros.of(now.minus(WITHIN)))
                        .param("limit", LIMIT)
                        .update()
                == 1;
    }
}
