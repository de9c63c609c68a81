package dev.watchword.otp.bench.store;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.internal.sealing.RowAuthenticator;
import dev.watchword.otp.lifecycle.internal.sealing.SecretSealer;
import dev.watchword.otp.lifecycle.model.ChainLink;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.SealedSecret;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.model.TokenKind;
import dev.watchword.otp.lifecycle.model.TokenState;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.lifecycle.spi.KeyRing;
import dev.watchword.otp.lifecycle.spi.KeySource;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import javax.sql.DataSource;

/**
 * A given number of holders, each with a hardware token in use. All tokens have the same secret, which is encrypted
 * separately for each token.
 */
final class Holders {
    static final ServiceId SERVICE = new ServiceId("10112235");
    static final KeySource KEYS = KeyRing.parse(
            "seal s " + Base64.getEncoder().encodeToString(new byte[32]) + "\nhistory h "
                    + Base64.getEncoder().encodeToString(new byte[32]),
            "the keys of the benchmark");
    static final OtpSecret SECRET = OtpSecret.copyOf("12345678901234567890".getBytes(StandardCharsets.US_ASCII));
    private static final int FIRST_SERIAL = 100_000_000;
    private static final int FILLING_MILLIS = 600_000;
    private static final int CHUNK = 1_000;

    private Holders() {}

    static String serial(int number) {
        return Integer.toString(FIRST_SERIAL + number);
    }

    static Holder holder(int number) {
        return new Holder("holder-" + serial(number));
    }

    /** Fills an empty database with holders, by plain SQL. Each enrolment has its authentication code. */
    static void fill(DataSource database, int count) throws SQLException {
        RowAuthenticator rows = new RowAuthenticator(KEYS);
        SecretSealer sealer = new SecretSealer(KEYS, SERVICE, new SecureRandom());
        List<String> inserts = Scripts.statements("tokens-in-use.sql");
        try (Connection connection = database.getConnection();
                PreparedStatement enrolments = connection.prepareStatement(inserts.get(0));
                PreparedStatement userIds = connection.prepareStatement(inserts.get(1));
                PreparedStatement serials = connection.prepareStatement(inserts.get(2));
                PreparedStatement tokens = connection.prepareStatement(inserts.get(3))) {
            connection.setNetworkTimeout(Runnable::run, FILLING_MILLIS);
            connection.setAutoCommit(false);
            for (int i = 0; i < count; i++) {
                SealedSecret secret = sealer.seal(new SerialNumber(serial(i)), SECRET);
                String name = holder(i).value();
                String userId = userId(i).value();
                add(
                        enrolments,
                        name,
                        userId,
                        serial(i),
                        rows.compute(enrolment(i, secret)).bytes());
                add(userIds, name, userId);
                add(serials, name, serial(i));
                add(tokens, name, serial(i), secret.bytes());
                if (i % CHUNK == CHUNK - 1 || i == count - 1) {
                    for (PreparedStatement statement : List.of(enrolments, userIds, serials, tokens)) {
                        statement.executeBatch();
                    }
                    connection.commit();
                }
            }
            connection.setAutoCommit(true);
            try (Statement statement = connection.createStatement()) {
                for (String sql : afterwards(connection)) {
                    statement.execute(sql);
                }
            }
        }
    }

    /** Adds a row. Its values are texts and bytes. */
    private static void add(PreparedStatement insert, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            insert.setObject(i + 1, values[i]);
        }
        insert.addBatch();
    }

    private static UserId userId(int number) {
        return new UserId("100" + serial(number));
    }

    /** Returns an enrolment with the values that {@code tokens-in-use.sql} inserts. */
    private static Enrolment enrolment(int number, SealedSecret secret) {
        Instant begin = Instant.parse("2026-01-01T00:00:00Z");
        return Enrolment.builder()
                .serviceId(SERVICE)
                .holder(holder(number))
                .version(1)
                .userId(userId(number))
                .eventCount(1)
                .head(new ChainLink("h", "0".repeat(64)))
                .token(Token.builder()
                        .serial(new SerialNumber(serial(number)))
                        .kind(TokenKind.HARDWARE)
                        .profile(TotpProfile.BANK)
                        .state(TokenState.ACTIVE)
                        .secret(secret)
                        .issuedAt(begin)
                        .activatedAt(begin)
                        .expiresAt(Instant.parse("2099-01-01T00:00:00Z"))
                        .lastAcceptedOn(LocalDate.ofEpochDay(Load.DAY))
                        .build())
                .build();
    }

    /**
     * Returns the statements that finish the filling. They complete the pending work of the database and update its
     * statistics.
     */
    private static List<String> afterwards(Connection connection) throws SQLException {
        return switch (connection.getMetaData().getDatabaseProductName()) {
            case "PostgreSQL" -> List.of("VACUUM (ANALYZE)", "CHECKPOINT");
            case "MariaDB" -> List.of("ANALYZE TABLE otp_enrolment, otp_token, otp_event");
            default -> List.of("ANALYZE", "PRAGMA wal_checkpoint(TRUNCATE)");
        };
    }
}
