package dev.watchword.otp.jdbc;

import dev.watchword.otp.lifecycle.model.KeyCheck;
import dev.watchword.otp.lifecycle.model.KeyUse;
import dev.watchword.otp.lifecycle.model.ServiceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The check values of keys in {@code otp_key_check}. A row is inserted once and never changed. */
final class KeyCheckTable {
    private static final String ALL = "SELECT key_use, key_name, check_value FROM otp_key_check WHERE service_id = ?";

    private static final String OF_KEY = ALL + " AND key_use = ? AND key_name = ?";

    private static final String INSERT =
            "INSERT INTO otp_key_check (service_id, key_use, key_name, check_value) VALUES (?, ?, ?, ?)";

    private KeyCheckTable() {}

    static List<KeyCheck> all(Session session, ServiceId serviceId) throws SQLException {
        return session.all(ALL, parameters -> parameters.text(serviceId.value()), KeyCheckTable::read);
    }

    /**
     * Inserts the check value of a key within the open transaction, and returns it. Returns the stored one if the key has one.
     * Reports a lost race if another transaction inserts one first; the next attempt then reads that one.
     */
    static KeyCheck add(Session session, ServiceId serviceId, KeyCheck check) throws SQLException {
        Optional<KeyCheck> stored =
                session.first(OF_KEY, parameters -> key(parameters, serviceId, check), KeyCheckTable::read);
        if (stored.isPresent()) {
            return stored.get();
        }
        if (!session.inserts(
                INSERT, parameters -> key(parameters, serviceId, check).text(check.value()))) {
            throw SqlStates.lostRace("Another transaction stored a check value of this key first");
        }
        return check;
    }

    private static Parameters key(Parameters parameters, ServiceId serviceId, KeyCheck check) throws SQLException {
        return parameters.text(serviceId.value()).text(check.use()).text(check.name());
    }

    private static KeyCheck read(ResultSet row) throws SQLException {
        Columns columns = new Columns(row);
        return KeyCheck.of(
                columns.value("key_use", KeyUse::valueOf),
                columns.value("key_name", name -> name),
                columns.value("check_value", value -> value));
    }
}
