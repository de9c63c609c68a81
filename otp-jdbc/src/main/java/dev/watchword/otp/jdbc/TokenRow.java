package dev.watchword.otp.jdbc;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.HotpProfile;
import dev.watchword.otp.OtpProfile;
import dev.watchword.otp.Totp;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.model.CodeState;
import dev.watchword.otp.lifecycle.model.DeviceFingerprint;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Failures;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Provisioning;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.Suspension;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.model.TokenKind;
import dev.watchword.otp.lifecycle.model.TokenState;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The mapping of a token to a row of {@code otp_token}. */
final class TokenRow {
    /** The columns that a change can update, in the order of {@link #changing}. */
    private static final List<String> CHANGING = Stream.concat(
                    Stream.of(
                            "state",
                            "key_name",
                            "sealed_secret",
                            "activated_at",
                            "revoked_at",
                            "last_step",
                            "drift",
                            "counter_unknown",
                            "last_accepted_day",
                            "failures",
                            "failures_since_accepted",
                            "last_failure_at",
                            "suspension_reason",
                            "suspended_since",
                            "suspended_by",
                            "password_key_name",
                            "password_hash",
                            "password_failures",
                            "provisionable_from",
                            "password_dead_at",
                            "provisioned_at",
                            "device",
                            "provisioning_repeats"),
                    SigningColumns.OF_TOKEN.stream())
            .toList();

    private static final List<String> KEY = List.of("service_id", "holder", "serial");

    private static final List<String> FIXED =
            List.of("kind", "algorithm", "digits", "time_step_seconds", "t0_seconds", "issued_at", "expires_at");

    /** The selected columns of a token. */
    static final List<String> COLUMNS =
            Stream.of(CHANGING, List.of("serial"), FIXED).flatMap(List::stream).toList();

    private static final String INSERT = Stream.of(CHANGING, KEY, FIXED)
                    .flatMap(List::stream)
                    .collect(Collectors.joining(", ", "INSERT INTO otp_token (", ") VALUES ("))
            + "?, ".repeat(CHANGING.size() + KEY.size() + FIXED.size() - 1)
            + "?)";

    private static final String UPDATE = "UPDATE otp_token SET "
            + CHANGING.stream().map(column -> column + " = ?").collect(Collectors.joining(", "))
            + " WHERE service_id = ? AND holder = ? AND serial = ?";

    /** The update for a change that affects only the code state and the failures, as most verifications do. */
    private static final String UPDATE_CODES = """
            UPDATE otp_token SET last_step = ?, drift = ?, failures = ?, failures_since_accepted = ?, last_failure_at = ?
            WHERE service_id = ? AND holder = ? AND serial = ?""";

    /**
     * The update for the first accepted code of a day. It changes an indexed column, so it is not a heap-only update on
     * PostgreSQL.
     */
    private static final String UPDATE_CODES_AND_DAY = """
            UPDATE otp_token SET last_step = ?, drift = ?, failures = ?, failures_since_accepted = ?, last_failure_at = ?,
                last_accepted_day = ?
            WHERE service_id = ? AND holder = ? AND serial = ?""";

    private TokenRow() {}

    static void insert(Session session, Enrolment enrolment, Token token) throws SQLException {
        session.update(
                INSERT,
                parameters -> changing(parameters, enrolment, token)
                        .text(token.kind())
                        .profile(token.profile())
                        .instant(token.issuedAt())
                        .instant(token.expiresAt()));
    }

    static void update(Session session, Enrolment enrolment, Token token) throws SQLException {
        requireOne(session.update(UPDATE, parameters -> changing(parameters, enrolment, token)), enrolment, token);
    }

    static void update(Session session, EnrolmentChange change, Token token) throws SQLException {
        String update = update(change, token);
        int rows = session.update(update, parameters -> bindUpdate(parameters, change, token, update));
        requireOne(rows, change.after(), token);
    }

    private static void requireOne(int rows, Enrolment enrolment, Token token) throws SQLException {
        if (rows != 1) {
            throw new UnreadableRow(
                    "Token " + token.serial() + " of holder " + enrolment.holder()
                            + " has no row in otp_token; restore the row",
                    null);
        }
    }

    /** Returns the update for a changed token. {@link #bindUpdate} sets its parameters. */
    static String update(EnrolmentChange change, Token token) {
        Token old = change.before().token();
        if (old == null || !changesByCodesOnly(old, token)) {
            return UPDATE;
        }
        return Objects.equals(old.lastAcceptedOn(), token.lastAcceptedOn()) ? UPDATE_CODES : UPDATE_CODES_AND_DAY;
    }

    static void bindUpdate(Parameters parameters, EnrolmentChange change, Token token, String update)
            throws SQLException {
        if (update.equals(UPDATE_CODES)) {
            codes(parameters, token)
                    .key(change.after().serviceId(), change.after().holder())
                    .text(token.serial());
        } else if (update.equals(UPDATE_CODES_AND_DAY)) {
            codes(parameters, token)
                    .day(token.lastAcceptedOn())
                    .key(change.after().serviceId(), change.after().holder())
                    .text(token.serial());
        } else {
            changing(parameters, change.after(), token);
        }
    }

    private static Parameters codes(Parameters parameters, Token token) throws SQLException {
        return failures(parameters.codes(token.codes()), token.failures());
    }

    private static Parameters failures(Parameters parameters, Failures failures) throws SQLException {
        return parameters
                .number(failures.consecutive())
                .number(failures.sinceAccepted())
                .instant(failures.lastAt());
    }

    /**
     * Returns whether only values that {@link #UPDATE_CODES_AND_DAY} writes differ between two versions of the token in
     * use.
     */
    private static boolean changesByCodesOnly(Token old, Token token) {
        return old.profile().equals(token.profile())
                && old.toBuilder()
                        .codes(token.codes())
                        .lastAcceptedOn(token.lastAcceptedOn())
                        .failures(token.failures())
                        .build()
                        .equals(token);
    }

    /**
     * Sets the parameters with which the insert and the complete update begin: the columns that can change, then the
     * key.
     */
    static Parameters changing(Parameters parameters, Enrolment enrolment, Token token) throws SQLException {
        Suspension suspension = token.suspension();
        parameters
                .text(token.state())
                .sealed(token.secret())
                .instant(token.activatedAt())
                .instant(token.revokedAt())
                .codes(token.codes())
                .truth(token.counterUnknown())
                .day(token.lastAcceptedOn());
        failures(parameters, token.failures())
                .text(suspension == null ? null : suspension.reason())
                .instant(suspension == null ? null : suspension.since())
                .text(suspension == null ? null : suspension.operator());
        provisioning(parameters, token.provisioning());
        SigningColumns.values(parameters, token.signing());
        return parameters.key(enrolment.serviceId(), enrolment.holder()).text(token.serial());
    }

    private static void provisioning(Parameters parameters, @Nullable Provisioning provisioning) throws SQLException {
        DeviceFingerprint device = provisioning == null ? null : provisioning.device();
        parameters
                .sealed(provisioning == null ? null : provisioning.password())
                .number(provisioning == null ? null : (Long) (long) provisioning.failures())
                .instant(provisioning == null ? null : provisioning.opensAt())
                .instant(provisioning == null ? null : provisioning.closesAt())
                .instant(provisioning == null ? null : provisioning.provisionedAt())
                .text(device == null ? null : device.value())
                .number(provisioning == null || !provisioning.isDone() ? null : (Long) (long) provisioning.repeats());
    }

    /** Reads the token that an enrolment names. Throws an {@link UnreadableRow} if its row is missing. */
    static Token read(Columns columns, SerialNumber serial) throws SQLException {
        if (columns.textOrNull("serial") == null) {
            throw new UnreadableRow("Token " + serial + " has no row in otp_token; restore the row", null);
        }
        return Token.builder()
                .serial(serial)
                .kind(columns.value("kind", TokenKind::valueOf))
                .profile(profile(columns))
                .state(columns.value("state", TokenState::valueOf))
                .secret(columns.sealedOrNull("key_name", "sealed_secret"))
                .issuedAt(columns.instant("issued_at"))
                .activatedAt(columns.instantOrNull("activated_at"))
                .revokedAt(columns.instantOrNull("revoked_at"))
                .expiresAt(columns.instant("expires_at"))
                .codes(codes(columns))
                .counterUnknown(columns.truth("counter_unknown"))
                .lastAcceptedOn(columns.dayOrNull("last_accepted_day"))
                .failures(Failures.of(
                        (int) columns.number("failures"),
                        (int) columns.number("failures_since_accepted"),
                        columns.instantOrNull("last_failure_at")))
                .suspension(suspension(columns))
                .provisioning(provisioning(columns))
                .signing(SigningColumns.read(columns))
                .build();
    }

    static OtpProfile profile(Columns columns) throws SQLException {
        HmacAlgorithm algorithm = columns.value("algorithm", HmacAlgorithm::valueOf);
        int digits = (int) columns.number("digits");
        Long timeStep = columns.numberOrNull("time_step_seconds");
        if (timeStep == null) {
            columns.requireNull("time_step_seconds", "t0_seconds");
            return new HotpProfile(algorithm, digits);
        }
        return new TotpProfile(
                algorithm, digits, Duration.ofSeconds(timeStep), Instant.ofEpochSecond(columns.number("t0_seconds")));
    }

    static CodeState codes(Columns columns) throws SQLException {
        Long lastStep = columns.numberOrNull("last_step");
        return new CodeState(lastStep == null ? Totp.NO_STEP : lastStep, (int) columns.number("drift"));
    }

    static @Nullable Suspension suspension(Columns columns) throws SQLException {
        return columns.isNull("suspension_reason", "suspended_since", "suspended_by")
                ? null
                : Suspension.of(
                        columns.value("suspension_reason", SuspensionReason::valueOf),
                        columns.instant("suspended_since"),
                        columns.valueOrNull("suspended_by", Operator::new));
    }

    private static @Nullable Provisioning provisioning(Columns columns) throws SQLException {
        if (columns.isNull("provisionable_from", "password_failures", "password_dead_at", "provisioned_at")) {
            return null;
        }
        boolean isOpen = columns.isNull("provisioned_at", "device", "provisioning_repeats");
        return Provisioning.builder()
                .password(columns.sealedOrNull("password_key_name", "password_hash"))
                .failures((int) columns.number("password_failures"))
                .opensAt(columns.instant("provisionable_from"))
                .closesAt(columns.instant("password_dead_at"))
                .provisionedAt(columns.instantOrNull("provisioned_at"))
                .device(columns.valueOrNull("device", DeviceFingerprint::new))
                .repeats(isOpen ? 0 : (int) columns.number("provisioning_repeats"))
                .build();
    }
}
