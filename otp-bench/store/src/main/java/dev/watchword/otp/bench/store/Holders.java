package dev.watchword.otp.bench.store;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.jdbc.JdbcTokenStore;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.operations.Imported;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import dev.watchword.otp.lifecycle.seeds.CsvFormat;
import dev.watchword.otp.lifecycle.seeds.CsvSeedReader;
import dev.watchword.otp.lifecycle.spi.KeyRing;
import dev.watchword.otp.lifecycle.spi.KeySource;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
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
    private static final String HEX = "3132333435363738393031323334353637383930";
    private static final int FIRST_SERIAL = 100_000_000;
    private static final int FILLING_MILLIS = 600_000;

    private Holders() {}

    static String serial(int number) {
        return Integer.toString(FIRST_SERIAL + number);
    }

    static Holder holder(int number) {
        return new Holder("holder-" + serial(number));
    }

    /** Fills an empty database with holders. */
    static void fill(DataSource database, int count) throws Exception {
        Path file = Files.createTempFile("tokens", ".csv");
        try (var writer = Files.newBufferedWriter(file)) {
            writer.write("serial,secret_hex,kind,digits,step,expiry\n");
            for (int i = 0; i < count; i++) {
                writer.write(serial(i) + "," + HEX + ",TOTP,8,60,2099-01-01T00:00:00Z\n");
            }
        }
        try (InputStream in = Files.newInputStream(file);
                CsvSeedReader reader = CsvSeedReader.open(in, CsvFormat.DEFAULT)) {
            Outcome<Imported> outcome = Institution.builder(SERVICE, JdbcTokenStore.on(database), KEYS)
                    .policy(TokenPolicy.BANK)
                    .build()
                    .stock()
                    .importBatch(new BatchId("all"), reader, staged -> {});
            if (!outcome.isAccepted()) {
                throw new IllegalStateException("The hardware tokens were not imported; fix the cause: " + outcome);
            }
        }
        Files.delete(file);
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setNetworkTimeout(Runnable::run, FILLING_MILLIS);
            for (String sql : Scripts.statements("tokens-in-use.sql")) {
                statement.execute(sql);
            }
            for (String sql : afterwards(connection)) {
                statement.execute(sql);
            }
        }
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
