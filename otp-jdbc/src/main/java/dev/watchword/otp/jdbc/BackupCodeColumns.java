package dev.watchword.otp.jdbc;

import dev.watchword.otp.lifecycle.model.BackupCodeSet;
import dev.watchword.otp.lifecycle.model.BackupCodes;
import dev.watchword.otp.lifecycle.model.SealedSecret;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The columns of the emergency codes and of the recovery codes in {@code otp_enrolment}. Recovery codes have no expiry.
 */
final class BackupCodeColumns {
    private BackupCodeColumns() {}

    static void values(Parameters parameters, BackupCodes codes) throws SQLException {
        BackupCodeSet emergency = codes.emergency();
        set(parameters, emergency).instant(emergency == null ? null : emergency.expiresAt());
        set(parameters, codes.recovery()).number(codes.failuresSinceAccepted());
    }

    private static Parameters set(Parameters parameters, @Nullable BackupCodeSet set) throws SQLException {
        return parameters
                .sealed(set == null ? null : set.hashes())
                .number(set == null ? null : (Long) (long) set.unused())
                .number(set == null ? null : (Long) (long) set.failures())
                .instant(set == null ? null : set.createdAt());
    }

    static BackupCodes read(Columns columns) throws SQLException {
        return BackupCodes.builder()
                .emergency(emergency(columns))
                .recovery(set(columns, "recovery", null))
                .failuresSinceAccepted((int) columns.number("backup_failures"))
                .build();
    }

    private static @Nullable BackupCodeSet emergency(Columns columns) throws SQLException {
        BackupCodeSet set = set(columns, "emergency", columns.instantOrNull("emergency_expires_at"));
        if (set == null) {
            columns.requireNull("emergency_hashes", "emergency_expires_at");
        }
        return set;
    }

    private static @Nullable BackupCodeSet set(Columns columns, String kind, @Nullable Instant expiresAt)
            throws SQLException {
        SealedSecret hashes = columns.sealedOrNull(kind + "_key_name", kind + "_hashes");
        if (hashes == null) {
            columns.requireNull(kind + "_hashes", kind + "_unused", kind + "_failures", kind + "_created_at");
            return null;
        }
        return BackupCodeSet.builder()
                .hashes(hashes)
                .unused((int) columns.number(kind + "_unused"))
                .failures((int) columns.number(kind + "_failures"))
                .createdAt(columns.instant(kind + "_created_at"))
                .expiresAt(expiresAt)
                .build();
    }
}
