package dev.watchword.otp.jdbc;

import dev.watchword.otp.lifecycle.model.OpenProof;
import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import java.sql.SQLException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The four columns of the open proof in {@code otp_enrolment}: hash, operation, serial number and expiry. */
final class ProofColumns {
    private ProofColumns() {}

    static void values(Parameters parameters, @Nullable OpenProof proof) throws SQLException {
        parameters
                .bytesOrNull(proof == null ? null : HexFormat.of().parseHex(proof.hash()))
                .text(proof == null ? null : proof.operation())
                .text(proof == null ? null : proof.serial())
                .instant(proof == null ? null : proof.expiresAt());
    }

    static @Nullable OpenProof read(Columns columns) throws SQLException {
        byte[] hash = columns.bytesOrNull("proof_nonce_hash");
        if (hash == null) {
            columns.requireNull("proof_nonce_hash", "proof_operation", "proof_serial", "proof_expires_at");
            return null;
        }
        return OpenProof.builder()
                .hash(HexFormat.of().formatHex(hash))
                .operation(columns.value("proof_operation", Operation::valueOf))
                .serial(columns.valueOrNull("proof_serial", SerialNumber::new))
                .expiresAt(columns.instant("proof_expires_at"))
                .build();
    }
}
