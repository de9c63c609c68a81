package dev.watchword.otp.jdbc;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.Totp;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.Enrolment;
import dev.watchword.otp.lifecycle.Operator;
import dev.watchword.otp.lifecycle.SealedSecret;
import dev.watchword.otp.lifecycle.SerialNumber;
import dev.watchword.otp.lifecycle.Suspension;
import dev.watchword.otp.lifecycle.SuspensionReason;
import dev.watchword.otp.lifecycle.Token;
import dev.watchword.otp.lifecycle.TokenKind;
import dev.watchword.otp.lifecycle.TokenState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A token as a row of {@code otp_token}. */
final class TokenRow {
    private static final String INSERT = """
            INSERT INTO otp_token (state, key_name, sealed_secret, activated_at, revoked_at, last_step, failures,
                suspension_reason, suspended_since, suspended_by, service_id, holder, serial,
                kind, algorithm, digits, time_step_seconds, t0_seconds, issued_at, expires_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String UPDATE = """
            UPDATE otp_token SET state = ?, key_name = ?, sealed_secret = ?, activated_at = ?, revoked_at = ?,
                last_step = ?, failures = ?, suspension_reason = ?, suspended_since = ?, suspended_by = ?
            WHERE service_id = ? AND holder = ? AND serial = ?
            """;

    private TokenRow() {}

    static void insert(Connection connection, Enrolment enrolment, Token token) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            TotpProfile profile = token.profile();
            changing(statement, enrolment, token)
                    .text(token.kind())
                    .text(profile.algorithm())
                    .number(profile.digits())
                    .number(profile.timeStep().toSeconds())
                    .number(profile.t0().getEpochSecond())
                    .instant(token.issuedAt())
                    .instant(token.expiresAt());
            statement.executeUpdate();
        }
    }

    static void update(Connection connection, Enrolment enrolment, Token token) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UPDATE)) {
            changing(statement, enrolment, token);
            if (statement.executeUpdate() != 1) {
                throw new SQLException("Token " + token.serial() + " has no row in otp_token");
            }
        }
    }

    /** The parameters that both statements begin with: what changes, and the key. */
    private static Parameters changing(PreparedStatement statement, Enrolment enrolment, Token token)
            throws SQLException {
        SealedSecret secret = token.secret();
        Suspension suspension = token.suspension();
        return Parameters.of(statement)
                .text(token.state())
                .text(secret == null ? null : secret.keyName())
                .bytes(secret == null ? null : secret.bytes())
                .instant(token.activatedAt())
                .instant(token.revokedAt())
                .number(token.lastStep() == Totp.NO_STEP ? null : (Long) token.lastStep())
                .number(token.failures())
                .text(suspension == null ? null : suspension.reason())
                .instant(suspension == null ? null : suspension.since())
                .text(suspension == null ? null : suspension.operator())
                .key(enrolment.serviceId(), enrolment.holder())
                .text(token.serial());
    }

    static Token read(Columns columns, SerialNumber serial) throws SQLException {
        if (columns.textOrNull("serial") == null) {
            throw new SQLException("Token " + serial + " has no row in otp_token");
        }
        return new Token(
                serial,
                columns.value("kind", TokenKind::valueOf),
                new TotpProfile(
                        columns.value("algorithm", HmacAlgorithm::valueOf),
                        (int) columns.number("digits"),
                        Duration.ofSeconds(columns.number("time_step_seconds")),
                        Instant.ofEpochSecond(columns.number("t0_seconds"))),
                columns.value("state", TokenState::valueOf),
                readSecret(columns),
                columns.instant("issued_at"),
                columns.instantOrNull("activated_at"),
                columns.instantOrNull("revoked_at"),
                columns.instant("expires_at"),
                columns.numberOr("last_step", Totp.NO_STEP),
                (int) columns.number("failures"),
                readSuspension(columns));
    }

    private static @Nullable SealedSecret readSecret(Columns columns) throws SQLException {
        byte[] bytes = columns.bytesOrNull("sealed_secret");
        return bytes == null ? null : new SealedSecret(columns.value("key_name", name -> name), bytes);
    }

    private static @Nullable Suspension readSuspension(Columns columns) throws SQLException {
        SuspensionReason reason = columns.valueOrNull("suspension_reason", SuspensionReason::valueOf);
        return reason == null
                ? null
                : new Suspension(
                        reason, columns.instant("suspended_since"), columns.valueOrNull("suspended_by", Operator::new));
    }
}
