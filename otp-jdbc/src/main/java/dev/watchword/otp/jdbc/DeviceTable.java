package dev.watchword.otp.jdbc;

import dev.watchword.otp.app.DevicePublicKey;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.model.TokenKind;
import dev.watchword.otp.lifecycle.model.TokenState;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** The public keys of the devices in {@code otp_device}. A row is written when an app is provisioned, and deleted when its token ends. */
final class DeviceTable {
    private static final String FIND =
            "SELECT device_key FROM otp_device WHERE service_id = ? AND holder = ? AND serial = ?";

    private static final String DELETE = "DELETE FROM otp_device WHERE service_id = ? AND holder = ? AND serial = ?";

    private static final String INSERT =
            "INSERT INTO otp_device (service_id, holder, serial, device_key) VALUES (?, ?, ?, ?)";

    private DeviceTable() {}

    static Optional<DevicePublicKey> find(Session session, ServiceId serviceId, Holder holder, SerialNumber serial)
            throws SQLException {
        return session.first(
                FIND, parameters -> parameters.key(serviceId, holder).text(serial), DeviceTable::read);
    }

    private static DevicePublicKey read(ResultSet row) throws SQLException {
        byte[] key = new Columns(row).bytes("device_key");
        try {
            return DevicePublicKey.fromBytes(key);
        } catch (IllegalArgumentException e) {
            throw new UnreadableRow("Column device_key is not the key of a device; restore the row", e);
        }
    }

    /** Returns whether a change writes or deletes a row. */
    static boolean isChangedBy(EnrolmentChange change) {
        return change.device() != null || change.changedTokens().stream().anyMatch(DeviceTable::hasEnded);
    }

    /** Writes the key of the provisioned device, and deletes those of the tokens that end. */
    static void write(Session session, EnrolmentChange change) throws SQLException {
        ServiceId serviceId = change.after().serviceId();
        Holder holder = change.after().holder();
        for (Token token : change.changedTokens()) {
            if (hasEnded(token)) {
                delete(session, serviceId, holder, token.serial());
            }
        }
        DevicePublicKey key = change.device();
        Token pending = change.after().pendingToken();
        if (key != null && pending != null) {
            delete(session, serviceId, holder, pending.serial());
            session.update(
                    INSERT,
                    parameters -> parameters
                            .key(serviceId, holder)
                            .text(pending.serial())
                            .bytes(key.toBytes()));
        }
    }

    private static boolean hasEnded(Token token) {
        return token.kind() == TokenKind.SOFTWARE && token.state() == TokenState.REVOKED;
    }

    private static void delete(Session session, ServiceId serviceId, Holder holder, SerialNumber serial)
            throws SQLException {
        session.update(DELETE, parameters -> parameters.key(serviceId, holder).text(serial));
    }
}
