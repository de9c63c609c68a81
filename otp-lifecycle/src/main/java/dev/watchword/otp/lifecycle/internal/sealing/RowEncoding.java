package dev.watchword.otp.lifecycle.internal.sealing;

import dev.watchword.otp.HotpProfile;
import dev.watchword.otp.OtpProfile;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.model.BackupCodeSet;
import dev.watchword.otp.lifecycle.model.BackupCodes;
import dev.watchword.otp.lifecycle.model.ChainLink;
import dev.watchword.otp.lifecycle.model.CodeState;
import dev.watchword.otp.lifecycle.model.Credentials;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Failures;
import dev.watchword.otp.lifecycle.model.HolderSuspension;
import dev.watchword.otp.lifecycle.model.MailCode;
import dev.watchword.otp.lifecycle.model.OpenProof;
import dev.watchword.otp.lifecycle.model.OpenRequest;
import dev.watchword.otp.lifecycle.model.Order;
import dev.watchword.otp.lifecycle.model.Pending;
import dev.watchword.otp.lifecycle.model.Provisioning;
import dev.watchword.otp.lifecycle.model.SealedSecret;
import dev.watchword.otp.lifecycle.model.SigningKey;
import dev.watchword.otp.lifecycle.model.Suspension;
import dev.watchword.otp.lifecycle.model.Token;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The encoding of an enrolment with its tokens, for its authentication code. It covers every component except the code itself.
 * Different enrolments have different encodings.
 */
final class RowEncoding {
    /** No text of the history's chain begins with these bytes, so no authentication code is a link of a history. */
    private static final byte[] LABEL = "\0row".getBytes(StandardCharsets.US_ASCII);

    private static final int TOTP = 1;
    private static final int HOTP = 2;

    private RowEncoding() {}

    static void append(FieldEncoder fields, int format, Enrolment enrolment) {
        for (byte letter : LABEL) {
            fields.octet(letter);
        }
        fields.octet(format)
                .text(enrolment.serviceId().value())
                .text(enrolment.holder().value())
                .number(enrolment.version())
                .textOrNull(
                        enrolment.userId() == null ? null : enrolment.userId().value())
                .number(enrolment.eventCount());
        link(fields, enrolment.head());
        token(fields, enrolment.token());
        pending(fields, enrolment.pending());
        fields.instantOrNull(enrolment.softwareEndedAt());
        suspension(fields, enrolment.suspension());
        fields.textOrNull(
                enrolment.mailAddress() == null ? null : enrolment.mailAddress().value());
        credentials(fields, enrolment.credentials());
        proof(fields, enrolment.proof());
        requests(fields, enrolment.requests());
        backupCodes(fields, enrolment.backupCodes());
    }

    private static void link(FieldEncoder fields, @Nullable ChainLink link) {
        fields.flag(link != null);
        if (link != null) {
            fields.text(link.keyName()).text(link.mac());
        }
    }

    private static void token(FieldEncoder fields, @Nullable Token token) {
        fields.flag(token != null);
        if (token == null) {
            return;
        }
        fields.text(token.serial().value()).constant(token.kind());
        profile(fields, token.profile());
        fields.constant(token.state());
        sealedOrNull(fields, token.secret());
        fields.instant(token.issuedAt())
                .instantOrNull(token.activatedAt())
                .instantOrNull(token.revokedAt())
                .instant(token.expiresAt());
        codes(fields, token.codes());
        fields.flag(token.counterUnknown()).dayOrNull(token.lastAcceptedOn());
        failures(fields, token.failures());
        suspension(fields, token.suspension());
        provisioning(fields, token.provisioning());
        signing(fields, token.signing());
    }

    static void profile(FieldEncoder fields, OtpProfile profile) {
        if (profile instanceof TotpProfile totp) {
            fields.octet(TOTP)
                    .constant(totp.algorithm())
                    .number(totp.digits())
                    .number(totp.timeStep().toSeconds())
                    .number(totp.t0().getEpochSecond());
        } else {
            HotpProfile hotp = (HotpProfile) profile;
            fields.octet(HOTP).constant(hotp.algorithm()).number(hotp.digits());
        }
    }

    static void codes(FieldEncoder fields, CodeState codes) {
        fields.number(codes.lastStep()).number(codes.drift());
    }

    private static void failures(FieldEncoder fields, Failures failures) {
        fields.number(failures.consecutive()).number(failures.sinceAccepted()).instantOrNull(failures.lastAt());
    }

    private static void suspension(FieldEncoder fields, @Nullable Suspension suspension) {
        fields.flag(suspension != null);
        if (suspension != null) {
            fields.constant(suspension.reason())
                    .instant(suspension.since())
                    .textOrNull(
                            suspension.operator() == null
                                    ? null
                                    : suspension.operator().value());
        }
    }

    private static void suspension(FieldEncoder fields, @Nullable HolderSuspension suspension) {
        fields.flag(suspension != null);
        if (suspension != null) {
            fields.constant(suspension.reason())
                    .instant(suspension.since())
                    .text(suspension.operator().value())
                    .flag(suspension.loginAskedForCode());
        }
    }

    private static void provisioning(FieldEncoder fields, @Nullable Provisioning provisioning) {
        fields.flag(provisioning != null);
        if (provisioning != null) {
            sealedOrNull(fields, provisioning.password());
            fields.number(provisioning.failures())
                    .instant(provisioning.opensAt())
                    .instant(provisioning.closesAt())
                    .instantOrNull(provisioning.provisionedAt())
                    .textOrNull(
                            provisioning.device() == null
                                    ? null
                                    : provisioning.device().value())
                    .number(provisioning.repeats());
        }
    }

    private static void signing(FieldEncoder fields, @Nullable SigningKey signing) {
        fields.flag(signing != null);
        if (signing != null) {
            fields.text(signing.suite().text());
            sealedOrNull(fields, signing.secret());
            fields.number(signing.nextCounter()).flag(signing.counterUnknown()).number(signing.lastStep());
        }
    }

    private static void pending(FieldEncoder fields, @Nullable Pending pending) {
        fields.flag(pending != null);
        if (pending != null) {
            order(fields, pending.order());
            token(fields, pending.token());
            fields.instant(pending.lapsesAt());
        }
    }

    private static void order(FieldEncoder fields, @Nullable Order order) {
        fields.flag(order != null);
        if (order != null) {
            fields.constant(order.state())
                    .instant(order.placedAt())
                    .instantOrNull(order.assignedAt())
                    .instantOrNull(order.sentAt());
        }
    }

    private static void credentials(FieldEncoder fields, Credentials credentials) {
        sealedOrNull(fields, credentials.password());
        fields.number(credentials.passwordFailures());
        mailCode(fields, credentials.mailCode());
        fields.number(credentials.mailCodeFailures());
    }

    private static void mailCode(FieldEncoder fields, @Nullable MailCode code) {
        fields.flag(code != null);
        if (code != null) {
            sealedOrNull(fields, code.hash());
            fields.constant(code.operation())
                    .text(code.destination().value())
                    .instant(code.sentAt())
                    .instant(code.expiresAt());
        }
    }

    private static void proof(FieldEncoder fields, @Nullable OpenProof proof) {
        fields.flag(proof != null);
        if (proof != null) {
            fields.text(proof.hash())
                    .constant(proof.operation())
                    .textOrNull(proof.serial() == null ? null : proof.serial().value())
                    .instant(proof.expiresAt());
        }
    }

    private static void requests(FieldEncoder fields, List<OpenRequest> requests) {
        fields.number(requests.size());
        for (OpenRequest request : requests) {
            fields.text(request.id().value())
                    .constant(request.method())
                    .text(request.serial().value())
                    .text(request.purpose().value())
                    .text(request.nonce())
                    .text(request.digest())
                    .textOrNull(request.detail())
                    .instant(request.expiresAt());
        }
    }

    private static void backupCodes(FieldEncoder fields, BackupCodes codes) {
        backupCodes(fields, codes.emergency());
        backupCodes(fields, codes.recovery());
        fields.number(codes.failuresSinceAccepted());
    }

    private static void backupCodes(FieldEncoder fields, @Nullable BackupCodeSet set) {
        fields.flag(set != null);
        if (set != null) {
            sealedOrNull(fields, set.hashes());
            fields.number(set.unused())
                    .number(set.failures())
                    .instant(set.createdAt())
                    .instantOrNull(set.expiresAt());
        }
    }

    private static void sealedOrNull(FieldEncoder fields, @Nullable SealedSecret sealed) {
        fields.flag(sealed != null);
        if (sealed != null) {
            fields.text(sealed.keyName()).bytesOf(sealed);
        }
    }
}
