package dev.watchword.otp.jdbc;

import static dev.watchword.otp.jdbc.support.Outcomes.assertAccepted;
import static dev.watchword.otp.jdbc.support.Outcomes.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.jdbc.support.RecordingDataSource;
import dev.watchword.otp.jdbc.support.Server;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeClock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The statements that a verification sends to a database. */
@Tag("R9.2")
class RoundTripTest {
    private static final Holder TARO = new Holder("taro");

    private final FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z");

    /** A right code and a wrong code send the same statements. */
    private void assertSaid(Server server, List<String> expected) {
        try (HikariDataSource database = server.database("")) {
            JdbcSchema.apply(database);
            RecordingDataSource recording = new RecordingDataSource(database);
            TokenService tokens = TestInstitution.builder(JdbcTokenStore.on(recording.dataSource), clock)
                    .build()
                    .tokens();
            FakePhone phone = FakePhone.active(tokens, TARO, clock);

            recording.words.clear();
            assertAccepted(tokens.verify(TARO, phone.code(), Purpose.LOGIN));
            assertEquals(expected, recording.words);

            clock.toNextStep(TotpProfile.BANK);
            recording.words.clear();
            assertRefused(Refusal.WRONG_CODE, tokens.verify(TARO, phone.wrongCode(), Purpose.LOGIN));
            assertEquals(expected, recording.words);
        }
    }

    @Test
    void aVerificationIsTwoStatementsOnPostgresql() {
        assertSaid(Server.POSTGRESQL, List.of("select", "with"));
    }

    @Test
    void aVerificationIsASelectAndABlockOnMariadb() {
        assertSaid(Server.MARIADB, List.of("select", "begin"));
    }

    /**
     * The day of the last accepted code is indexed, so only the first accepted code of a day writes it. Then PostgreSQL makes
     * the other updates heap-only.
     */
    @ParameterizedTest
    @EnumSource(Server.class)
    @Tag("R12.2")
    void theDayIsWrittenOnceADay(Server server) {
        try (HikariDataSource database = server.database("")) {
            JdbcSchema.apply(database);
            RecordingDataSource recording = new RecordingDataSource(database);
            TokenService tokens = TestInstitution.builder(JdbcTokenStore.on(recording.dataSource), clock)
                    .build()
                    .tokens();
            FakePhone phone = FakePhone.active(tokens, TARO, clock);

            recording.statements.clear();
            assertAccepted(tokens.verify(TARO, phone.code(), Purpose.LOGIN));
            clock.set(Instant.parse("2026-11-24T00:00:00Z"));
            assertRefused(Refusal.WRONG_CODE, tokens.verify(TARO, phone.wrongCode(), Purpose.LOGIN));
            assertEquals(0, writesOfTheDay(recording));

            assertAccepted(tokens.verify(TARO, phone.code(), Purpose.LOGIN));
            assertEquals(1, writesOfTheDay(recording));

            recording.statements.clear();
            clock.set(Instant.parse("2026-11-24T23:59:59Z"));
            assertAccepted(tokens.verify(TARO, phone.code(), Purpose.LOGIN));
            assertEquals(0, writesOfTheDay(recording));
        }
    }

    private static long writesOfTheDay(RecordingDataSource recording) {
        return recording.statements.keySet().stream()
                .filter(sql -> sql.contains("last_accepted_day = ?"))
                .count();
    }
}
