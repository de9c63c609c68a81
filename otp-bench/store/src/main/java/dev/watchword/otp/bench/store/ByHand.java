package dev.watchword.otp.bench.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * The floor: the statements of the library in plain JDBC. It makes no decision, encrypts nothing, calculates no history
 * link and authenticates no row. It reads only the values that it needs for the writes.
 */
final class ByHand implements Verifications {
    private static final String SELECT = "floor-select.sql";

    private static final String LINK = "0".repeat(64);

    /** As many bytes as an authentication code has. */
    private static final byte[] ROW_MAC = new byte[33];

    /** The number of times that the select has the key of the enrolment. */
    private static final int KEYS = 5;

    private final DataSource database;
    private final boolean atOnce;
    private final String select = Scripts.statements(SELECT).get(0);
    private final List<String> writes;

    ByHand(DataSource database, Product product) {
        this.database = database;
        this.atOnce = product != Product.SQLITE;
        this.writes = writes(product);
    }

    private static List<String> writes(Product product) {
        return product == Product.SQLITE
                ? Scripts.statements("floor-write.sql")
                : List.of(Scripts.statement("floor-write-" + product.label() + ".sql"));
    }

    /**
     * Checks that the floor executes the library's statements for an accepted code. Throws an
     * {@link IllegalStateException} if they differ.
     */
    static void requireTheSameWords(Product product, List<String> ours) {
        List<String> byHand = Stream.concat(Scripts.statements(SELECT).stream(), writes(product).stream())
                .map(Scripts::onOneLine)
                .toList();
        if (!byHand.equals(ours)) {
            throw new IllegalStateException("The floor's SQL differs from the library's; replace it with " + ours);
        }
    }

    @Override
    public void accept(int holder, long step, String code) throws SQLException {
        String name = Holders.holder(holder).value();
        long version;
        long events;
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(select)) {
            for (int i = 0; i < KEYS; i++) {
                statement.setString(2 * i + 1, Holders.SERVICE.value());
                statement.setString(2 * i + 2, name);
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                version = row.getLong("version");
                events = row.getLong("event_count");
                row.getString("head");
                row.getBytes("row_mac");
                row.getBytes("sealed_secret");
                row.getLong("expires_at");
            }
        }
        try (Connection connection = database.getConnection()) {
            if (atOnce) {
                try (PreparedStatement statement = connection.prepareStatement(writes.get(0))) {
                    int index = enrolment(statement, 0, name, version, events);
                    index = token(statement, index, name, Holders.serial(holder), step);
                    event(statement, index, name, Holders.serial(holder), events);
                    try (ResultSet row = statement.executeQuery()) {
                        row.next();
                        requireOne(row.getInt(1));
                    }
                }
            } else {
                inATransaction(connection, name, Holders.serial(holder), version, events, step);
            }
        }
    }

    private void inATransaction(Connection connection, String name, String serial, long version, long events, long step)
            throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement lock = connection.prepareStatement(writes.get(0));
                PreparedStatement enrolment = connection.prepareStatement(writes.get(1));
                PreparedStatement token = connection.prepareStatement(writes.get(2));
                PreparedStatement event = connection.prepareStatement(writes.get(3))) {
            lock.executeUpdate();
            enrolment(enrolment, 0, name, version, events);
            requireOne(enrolment.executeUpdate());
            token(token, 0, name, serial, step);
            requireOne(token.executeUpdate());
            event(event, 0, name, serial, events);
            requireOne(event.executeUpdate());
            connection.commit();
        }
        connection.setAutoCommit(true);
    }

    private static void requireOne(int rows) {
        if (rows != 1) {
            throw new IllegalStateException(
                    "An update must match one row, not " + rows + "; use each step of a holder once");
        }
    }

    private static int enrolment(PreparedStatement statement, int index, String name, long version, long events)
            throws SQLException {
        statement.setLong(index + 1, version + 1);
        statement.setLong(index + 2, events + 1);
        statement.setString(index + 3, "h");
        statement.setString(index + 4, LINK);
        statement.setBytes(index + 5, ROW_MAC);
        statement.setString(index + 6, Holders.SERVICE.value());
        statement.setString(index + 7, name);
        statement.setLong(index + 8, version);
        return index + 8;
    }

    private static int token(PreparedStatement statement, int index, String name, String serial, long step)
            throws SQLException {
        statement.setLong(index + 1, step);
        statement.setInt(index + 2, 0);
        statement.setInt(index + 3, 0);
        statement.setInt(index + 4, 0);
        statement.setObject(index + 5, null, Types.BIGINT);
        statement.setString(index + 6, Holders.SERVICE.value());
        statement.setString(index + 7, name);
        statement.setString(index + 8, serial);
        return index + 8;
    }

    private static void event(PreparedStatement statement, int index, String name, String serial, long events)
            throws SQLException {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        statement.setString(index + 1, Holders.SERVICE.value());
        statement.setString(index + 2, name);
        statement.setLong(index + 3, events + 1);
        statement.setString(index + 4, new UUID(random.nextLong(), random.nextLong()).toString());
        statement.setLong(index + 5, 1_800_000_000_000_000L);
        statement.setString(index + 6, "CODE_ACCEPTED");
        statement.setString(index + 7, serial);
        statement.setString(index + 8, "login");
        for (int none = 9; none <= 12; none++) {
            statement.setString(index + none, null);
        }
        statement.setString(index + 13, "h");
        statement.setString(index + 14, LINK);
    }
}
