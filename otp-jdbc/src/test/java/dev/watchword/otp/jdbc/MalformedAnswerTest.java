package dev.watchword.otp.jdbc;

import static dev.watchword.otp.jdbc.support.Outcomes.assertAccepted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.jdbc.support.Mangler;
import dev.watchword.otp.jdbc.support.Mangler.Answer;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.StorageException;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeClock;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Answers of a MariaDB server that its driver cannot read, or takes for those to another statement. The pool has one connection, so
 * the next call gets that connection if the store does not abort it.
 */
@Tag("R15.5")
class MalformedAnswerTest {
    private static final Holder TARO = new Holder("taro");

    private final FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z");
    private final HikariDataSource server = EmptyDatabase.of(Product.MARIADB);
    private Mangler mangler;
    private HikariDataSource pool;
    private FakePhone phone;

    @BeforeEach
    void open() throws IOException {
        JdbcSchema.apply(server);
        URI address = URI.create(server.getJdbcUrl().substring("jdbc:".length()));
        mangler = new Mangler(address.getPort());
        HikariConfig config = new HikariConfig();
        server.copyStateTo(config);
        config.setJdbcUrl(server.getJdbcUrl().replace(":" + address.getPort(), ":" + mangler.port()));
        config.setMaximumPoolSize(1);
        pool = new HikariDataSource(config);
        phone = FakePhone.active(bank(Duration.ofSeconds(15)).tokens(), TARO, clock);
    }

    @AfterEach
    void close() throws IOException {
        pool.close();
        mangler.close();
        server.close();
    }

    private Institution bank(Duration patience) {
        JdbcTokenStore store = JdbcTokenStore.builder(pool).patience(patience).build();
        return TestInstitution.builder(store, clock).build();
    }

    /** Submits codes until the next answer that would be out of place had to be met. */
    private void verifySome(Institution bank) {
        for (int i = 0; i < 3; i++) {
            clock.advance(Duration.ofMinutes(1));
            assertAccepted(bank.tokens().verify(TARO, phone.code(), Purpose.LOGIN));
        }
    }

    private long accepted() {
        return bank(Duration.ZERO).histories().read(TARO, 0, 100).stream()
                .map(TokenEvent::type)
                .filter(type -> type == EventType.CODE_ACCEPTED)
                .count();
    }

    @Test
    @Tag("R1.2")
    void anAnswerWithoutColumnsIsAnUnknownOutcomeThatIsLookedUp() {
        Institution bank = bank(Duration.ofSeconds(15));
        verifySome(bank);

        mangler.mangle("BEGIN NOT ATOMIC", Answer.WITHOUT_COLUMNS);
        verifySome(bank);

        assertTrue(mangler.isDone());
        assertEquals(6, accepted());
    }

    @Test
    void anAnswerWithoutAResultIsNoLostRace() {
        mangler.mangle("BEGIN NOT ATOMIC", Answer.WITHOUT_RESULT);

        verifySome(bank(Duration.ofSeconds(15)));

        assertTrue(mangler.isDone());
        assertEquals(3, accepted());
    }

    @Test
    @Tag("R3.1")
    void aSearchWithoutAResultNeverFindsThatAHolderHasNoToken() {
        Institution bank = bank(Duration.ZERO);
        mangler.mangle("FROM (SELECT 1 AS one) k", Answer.WITHOUT_RESULT);

        assertThrows(StorageException.class, () -> bank.tokens().registration(TARO));
        verifySome(bank);
    }
}
