package dev.watchword.otp.jdbc;

import dev.watchword.otp.OtpProfile;
import dev.watchword.otp.Totp;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.model.ChainLink;
import dev.watchword.otp.lifecycle.model.CodeState;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.RowMac;
import dev.watchword.otp.lifecycle.model.SealedSecret;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** The parameters of a prepared statement, set one after the other. */
final class Parameters {
    private final PreparedStatement statement;
    private int index;

    private Parameters(PreparedStatement statement) {
        this.statement = statement;
    }

    static Parameters of(PreparedStatement statement) {
        return new Parameters(statement);
    }

    Parameters text(@Nullable String value) throws SQLException {
        statement.setString(++index, value);
        return this;
    }

    Parameters text(@Nullable Enum<?> value) throws SQLException {
        return text(value == null ? null : value.name());
    }

    Parameters text(@Nullable Operator value) throws SQLException {
        return text(value == null ? null : value.value());
    }

    Parameters text(@Nullable Purpose value) throws SQLException {
        return text(value == null ? null : value.value());
    }

    Parameters text(@Nullable SerialNumber value) throws SQLException {
        return text(value == null ? null : value.value());
    }

    /** Sets the institution and the holder, which together identify most rows. */
    Parameters key(ServiceId serviceId, Holder holder) throws SQLException {
        return text(serviceId.value()).text(holder.value());
    }

    Parameters number(long value) throws SQLException {
        statement.setLong(++index, value);
        return this;
    }

    Parameters number(@Nullable Long value) throws SQLException {
        statement.setObject(++index, value, Types.BIGINT);
        return this;
    }

    /** Sets the name of the key and the MAC. */
    Parameters link(@Nullable ChainLink value) throws SQLException {
        return text(value == null ? null : value.keyName()).text(value == null ? null : value.mac());
    }

    Parameters rowMac(@Nullable RowMac value) throws SQLException {
        statement.setBytes(++index, value == null ? null : value.bytes());
        return this;
    }

    /** Sets the name of the key and the bytes that were encrypted with it. */
    Parameters sealed(@Nullable SealedSecret value) throws SQLException {
        text(value == null ? null : value.keyName());
        statement.setBytes(++index, value == null ? null : value.bytes());
        return this;
    }

    /** Sets the columns of a code profile. An HOTP profile has a null time step and a null T0. */
    Parameters profile(OtpProfile value) throws SQLException {
        TotpProfile totp = value instanceof TotpProfile time ? time : null;
        return text(value.algorithm())
                .number(value.digits())
                .number(totp == null ? null : (Long) totp.timeStep().toSeconds())
                .number(totp == null ? null : (Long) totp.t0().getEpochSecond());
    }

    Parameters codes(CodeState value) throws SQLException {
        return number(value.lastStep() == Totp.NO_STEP ? null : (Long) value.lastStep())
                .number(value.drift());
    }

    Parameters truth(boolean value) throws SQLException {
        statement.setBoolean(++index, value);
        return this;
    }

    Parameters truth(@Nullable Boolean value) throws SQLException {
        statement.setObject(++index, value, Types.BOOLEAN);
        return this;
    }

    Parameters bytesOrNull(byte @Nullable [] value) throws SQLException {
        statement.setBytes(++index, value);
        return this;
    }

    Parameters bytes(byte[] value) throws SQLException {
        statement.setBytes(++index, value);
        return this;
    }

    /** Sets a day, as days since 1970-01-01. */
    Parameters day(@Nullable LocalDate value) throws SQLException {
        return number(value == null ? null : (Long) value.toEpochDay());
    }

    Parameters instant(@Nullable Instant value) throws SQLException {
        return number(value == null ? null : (Long) Micros.of(value));
    }
}
