package dev.watchword.otp.spring.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import java.time.Instant;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionTemplate;

/** The memory of handled events shares the fate of the handler's transaction. */
class HandledEventsTest {
    private static final Holder TARO = new Holder("taro");

    private Instant now = Instant.parse("2026-11-23T09:00:00Z");

    private final DataSource dataSource =
            new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    private final HandledEvents handled = new HandledEvents(table());

    private JdbcTemplate table() {
        JdbcTemplate jdbc = new JdbcTemplate(dataSource);
        jdbc.execute("CREATE TABLE watchword_handled (consumer VARCHAR(64) NOT NULL, holder VARCHAR(100) NOT NULL,"
                + " number BIGINT NOT NULL, recorded_at BIGINT, PRIMARY KEY (consumer, holder))");
        return jdbc;
    }

    private TokenEvent event(long number) {
        return TokenEvent.builder()
                .number(number)
                .at(now.plusSeconds(number))
                .type(EventType.ISSUED)
                .build();
    }

    private boolean deliver(Holder holder, long number, boolean commits) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            if (!commits) {
                status.setRollbackOnly();
            }
            return handled.isNew("mail", holder, event(number));
        }));
    }

    @Test
    @Tag("R9.5")
    void anEventIsNewUntilItsTransactionCommits() {
        assertThat(deliver(TARO, 1, false)).isTrue();
        assertThat(deliver(TARO, 1, true)).isTrue();
        assertThat(deliver(TARO, 1, true)).isFalse();
        assertThat(deliver(TARO, 2, false)).isTrue();
        assertThat(deliver(TARO, 2, true)).isTrue();
        assertThat(deliver(TARO, 1, true)).isFalse();
        assertThat(deliver(new Holder("jiro"), 1, true)).isTrue();
    }

    @Test
    @Tag("R9.5")
    void aHandlerWithoutATransactionIsRefused() {
        assertThatThrownBy(() -> handled.isNew("mail", TARO, event(1)))
                .isInstanceOf(IllegalTransactionStateException.class);
    }

    /** Events 1 to 3 are handled; the tokens' database loses 2 and 3, and has other events under their numbers afterwards. */
    @Test
    @Tag("R9.5")
    void anotherEventUnderAHandledNumberIsAnErrorUntilAnOperatorDecides() {
        for (int number = 1; number <= 3; number++) {
            assertThat(deliver(TARO, number, true)).isTrue();
        }
        assertThat(deliver(TARO, 3, true)).isFalse();
        assertThat(deliver(TARO, 2, true)).isFalse();

        now = now.plusSeconds(60);
        for (int number = 2; number <= 3; number++) {
            int lost = number;
            assertThatThrownBy(() -> deliver(TARO, lost, true))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("set the number of the holder to " + (number - 1));
        }

        assertThat(new JdbcTemplate(dataSource)
                        .update(
                                "UPDATE watchword_handled SET number = 1, recorded_at = NULL WHERE consumer = 'mail' AND"
                                        + " holder = 'taro'"))
                .isOne();
        assertThat(deliver(TARO, 1, true)).isFalse();
        assertThat(deliver(TARO, 2, true)).isTrue();
        assertThat(deliver(TARO, 3, true)).isTrue();
        assertThat(deliver(TARO, 3, true)).isFalse();
    }
}
