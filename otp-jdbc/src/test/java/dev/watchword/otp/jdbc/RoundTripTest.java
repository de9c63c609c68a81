package dev.watchword.otp.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.Accepted;
import dev.watchword.otp.lifecycle.Holder;
import dev.watchword.otp.lifecycle.Purpose;
import dev.watchword.otp.lifecycle.Refused;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.InMemoryTokens;
import dev.watchword.otp.testing.FakeClock;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is said to a database for a verification. */
@Tag("R9.2")
class RoundTripTest {
    private static final Holder TARO = new Holder("taro");

    private final FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z");

    /** The same is said for a right code and for a wrong one. */
    private void assertSaid(Server server, List<String> expected) {
        try (HikariDataSource database = server.database("")) {
            JdbcSchema.apply(database);
            Overheard overheard = new Overheard(database);
            TokenService tokens = InMemoryTokens.builder(JdbcTokenStore.on(overheard.dataSource), clock)
                    .build();
            FakePhone phone = FakePhone.active(tokens, TARO, clock);

            overheard.words.clear();
            assertInstanceOf(Accepted.class, tokens.verify(TARO, phone.code(), Purpose.LOGIN));
            assertEquals(expected, overheard.words);

            clock.toNextStep(TotpProfile.BANK);
            overheard.words.clear();
            assertInstanceOf(Refused.class, tokens.verify(TARO, phone.wrongCode(), Purpose.LOGIN));
            assertEquals(expected, overheard.words);
        }
    }

    @Test
    void aVerificationIsTwoStatementsOnPostgresql() {
        assertSaid(Server.POSTGRESQL, List.of("select", "with"));
    }

    @Test
    void aVerificationIsASelectAndATransactionOnMariadb() {
        assertSaid(
                Server.MARIADB,
                List.of("select", "setAutoCommit", "update", "update", "insert", "commit", "setAutoCommit"));
    }
}
