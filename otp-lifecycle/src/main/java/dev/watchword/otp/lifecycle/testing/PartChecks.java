package dev.watchword.otp.lifecycle.testing;

import static dev.watchword.otp.lifecycle.testing.Scene.HANAKO;
import static dev.watchword.otp.lifecycle.testing.Scene.NOW;
import static dev.watchword.otp.lifecycle.testing.Scene.SERIAL_1;
import static dev.watchword.otp.lifecycle.testing.Scene.SERIAL_2;
import static dev.watchword.otp.lifecycle.testing.Scene.TARO;
import static dev.watchword.otp.lifecycle.testing.Scene.USER_1;
import static dev.watchword.otp.lifecycle.testing.Scene.USER_2;
import static dev.watchword.otp.lifecycle.testing.Scene.expect;
import static java.util.Objects.requireNonNull;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.HotpProfile;
import dev.watchword.otp.lifecycle.model.BackupCodeSet;
import dev.watchword.otp.lifecycle.model.BackupCodes;
import dev.watchword.otp.lifecycle.model.CodeState;
import dev.watchword.otp.lifecycle.model.Credentials;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Failures;
import dev.watchword.otp.lifecycle.model.HolderSuspension;
import dev.watchword.otp.lifecycle.model.MailAddress;
import dev.watchword.otp.lifecycle.model.MailCode;
import dev.watchword.otp.lifecycle.model.OpenProof;
import dev.watchword.otp.lifecycle.model.OpenRequest;
import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Pending;
import dev.watchword.otp.lifecycle.model.Provisioning;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.RequestId;
import dev.watchword.otp.lifecycle.model.SealedSecret;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.SigningMethod;
import dev.watchword.otp.lifecycle.model.Suspension;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.model.TokenKind;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Checks that a change of a single part is stored. A store that skips unchanged columns must not skip a changed one. */
final class PartChecks {
    private static final Instant LATER = NOW.plusSeconds(60);
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);
    private static final MailAddress ADDRESS = new MailAddress("taro@bank.example");
    private static final SealedSecret HASH = new SealedSecret("k", new byte[] {1, 2, 3});
    private static final Operator OPERATOR = new Operator("窓口");

    private PartChecks() {}

    /** Changes each part of an enrolment with a token in use, except that token. */
    static void ofAnEnrolment(Scene scene) {
        Operator other = new Operator("another");
        MailCode code = MailCode.builder()
                .hash(HASH)
                .operation(Operation.ISSUE)
                .destination(ADDRESS)
                .sentAt(NOW)
                .expiresAt(LATER)
                .build();
        Enrolment enrolment = scene.commit(scene.first(TARO, USER_1, Scene.token(SERIAL_1)));
        for (UnaryOperator<Enrolment.Builder> part : List.<UnaryOperator<Enrolment.Builder>>of(
                after -> after.suspension(suspension(SuspensionReason.OTHER, NOW, OPERATOR, false)),
                after -> after.suspension(suspension(SuspensionReason.FRAUD_SUSPECTED, NOW, OPERATOR, false)),
                after -> after.suspension(suspension(SuspensionReason.FRAUD_SUSPECTED, LATER, OPERATOR, false)),
                after -> after.suspension(suspension(SuspensionReason.FRAUD_SUSPECTED, LATER, other, false)),
                after -> after.suspension(suspension(SuspensionReason.FRAUD_SUSPECTED, LATER, other, true)),
                after -> after.suspension(null),
                after -> after.softwareEndedAt(NOW),
                after -> after.softwareEndedAt(LATER),
                after -> after.mailAddress(ADDRESS),
                after -> after.mailAddress(null),
                after -> after.credentials(Credentials.builder().password(HASH).build()),
                after -> after.credentials(
                        Credentials.builder().password(HASH).passwordFailures(1).build()),
                after -> after.credentials(Credentials.builder()
                        .password(HASH)
                        .passwordFailures(1)
                        .mailCode(code)
                        .build()),
                after -> after.credentials(Credentials.builder()
                        .password(HASH)
                        .passwordFailures(1)
                        .mailCode(code)
                        .mailCodeFailures(2)
                        .build()),
                after -> after.credentials(Credentials.NONE),
                after -> after.proof(proof("a", Operation.CANCEL, null, NOW)),
                after -> after.proof(proof("b", Operation.CANCEL, null, NOW)),
                after -> after.proof(proof("b", Operation.REVOKE, null, NOW)),
                after -> after.proof(proof("b", Operation.REVOKE, SERIAL_1, NOW)),
                after -> after.proof(proof("b", Operation.REVOKE, SERIAL_1, LATER)),
                after -> after.proof(null),
                after -> after.requests(List.of(request("a", SigningMethod.APP, null))),
                after -> after.requests(List.of(request("a", SigningMethod.PLAIN_CODE, null))),
                after -> after.requests(List.of(request("b", SigningMethod.PLAIN_CODE, null))),
                after -> after.requests(List.of(
                        request("b", SigningMethod.PLAIN_CODE, null),
                        request("c", SigningMethod.TYPED_DETAIL, "口座 番号"))),
                after -> after.requests(List.of()),
                after -> after.backupCodes(codes(emergency(1, 0), null, 0)),
                after -> after.backupCodes(codes(emergency(1, 0), recovery(1023), 0)),
                after -> after.backupCodes(codes(emergency(3, 0), recovery(1022), 0)),
                after -> after.backupCodes(codes(emergency(3, 1), recovery(1022), 1)),
                after -> after.backupCodes(codes(null, recovery(1 << 15), 100)),
                after -> after.backupCodes(codes(null, null, 100)),
                after -> after.backupCodes(BackupCodes.NONE),
                after -> after.pending(Pending.builder()
                        .token(Scene.issued(SERIAL_2))
                        .lapsesAt(NOW)
                        .build()),
                after -> after.pending(Pending.builder()
                        .token(Scene.issued(SERIAL_2))
                        .lapsesAt(LATER)
                        .build()))) {
            enrolment = changed(scene, enrolment, part);
        }
        for (UnaryOperator<Token> part : partsOfATokenThatIsIssued()) {
            Pending pending = requireNonNull(enrolment.pending());
            Token token = part.apply(requireNonNull(pending.token()));
            Pending waits = pending.toBuilder().token(token).build();
            enrolment = changed(scene, enrolment, after -> after.pending(waits));
        }
    }

    private static OpenRequest request(String digit, SigningMethod method, @Nullable String detail) {
        return OpenRequest.builder()
                .id(new RequestId(digit.repeat(32)))
                .method(method)
                .serial(SERIAL_1)
                .purpose(Purpose.FUNDS_TRANSFER)
                .nonce("1".repeat(32))
                .digest(digit.repeat(64))
                .detail(detail)
                .expiresAt(LATER)
                .build();
    }

    private static OpenProof proof(
            String digit, Operation operation, @Nullable SerialNumber serial, Instant expiresAt) {
        return OpenProof.builder()
                .hash(digit.repeat(64))
                .operation(operation)
                .serial(serial)
                .expiresAt(expiresAt)
                .build();
    }

    private static BackupCodes codes(
            @Nullable BackupCodeSet emergency, @Nullable BackupCodeSet recovery, int failuresSinceAccepted) {
        return BackupCodes.builder()
                .emergency(emergency)
                .recovery(recovery)
                .failuresSinceAccepted(failuresSinceAccepted)
                .build();
    }

    private static BackupCodeSet emergency(int unused, int failures) {
        return BackupCodeSet.builder()
                .hashes(HASH)
                .unused(unused)
                .failures(failures)
                .createdAt(NOW)
                .expiresAt(LATER)
                .build();
    }

    /** A set of the greatest size: the hashes of 16 codes. */
    private static BackupCodeSet recovery(int unused) {
        byte[] hashes = new byte[600];
        Arrays.fill(hashes, (byte) 7);
        return BackupCodeSet.builder()
                .hashes(new SealedSecret("k", hashes))
                .unused(unused)
                .failures(2)
                .createdAt(LATER)
                .build();
    }

    static HolderSuspension suspension(SuspensionReason reason, Instant since, Operator operator, boolean asked) {
        return HolderSuspension.builder()
                .reason(reason)
                .since(since)
                .operator(operator)
                .loginAskedForCode(asked)
                .build();
    }

    private static List<UnaryOperator<Token>> partsOfATokenThatIsIssued() {
        return List.of(
                token -> token.toBuilder().failures(Failures.of(1, 1, NOW)).build(),
                token -> token.toBuilder().lastAcceptedOn(TODAY).build(),
                token -> suspended(token, Suspension.of(SuspensionReason.LOST, NOW, OPERATOR)),
                token -> suspended(token, null),
                token -> provisioned(token, before -> before.failures(1)),
                token -> provisioned(token, before -> before.closesAt(LATER)),
                token -> provisioned(token, before -> before.password(null)));
    }

    /**
     * Changes each part of a token in use that can change: of a software token, and of a hardware token with a counter.
     */
    static void ofATokenInUse(Scene scene) {
        Enrolment taro = scene.commit(scene.first(TARO, USER_1, Scene.token(SERIAL_1)));
        for (UnaryOperator<Token> part : List.<UnaryOperator<Token>>of(
                token -> token.toBuilder().codes(new CodeState(7, 0)).build(),
                token -> token.toBuilder().codes(new CodeState(7, -1)).build(),
                token -> token.toBuilder().lastAcceptedOn(LocalDate.EPOCH).build(),
                token -> token.toBuilder().lastAcceptedOn(TODAY).build(),
                token -> token.toBuilder()
                        .codes(new CodeState(8, -1))
                        .lastAcceptedOn(TODAY.plusDays(1))
                        .build(),
                token -> token.toBuilder().failures(Failures.of(1, 1, NOW)).build(),
                token -> token.toBuilder().failures(Failures.of(0, 1, NOW)).build(),
                token -> token.toBuilder().failures(Failures.of(0, 1, LATER)).build(),
                token -> token.toBuilder().secret(HASH).build(),
                token -> token.toBuilder().activatedAt(LATER).build(),
                token -> suspended(token, Suspension.of(SuspensionReason.LOST, NOW, OPERATOR)),
                token -> suspended(token, Suspension.of(SuspensionReason.STOLEN, NOW, OPERATOR)),
                token -> suspended(token, Suspension.of(SuspensionReason.STOLEN, LATER, OPERATOR)),
                token -> suspended(token, Suspension.of(SuspensionReason.STOLEN, LATER, null)),
                token -> suspended(token, null),
                token -> provisioned(token, before -> before.failures(1)),
                token -> provisioned(token, before -> before.repeats(1)),
                token -> provisioned(token, before -> before.provisionedAt(LATER)))) {
            taro = withToken(scene, taro, part);
        }
        Token counting = Scene.token(SERIAL_2).toBuilder()
                .kind(TokenKind.HARDWARE)
                .profile(new HotpProfile(HmacAlgorithm.SHA1, 6))
                .codes(CodeState.ofNextCounter(3))
                .provisioning(null)
                .build();
        Enrolment hanako = scene.commit(scene.first(HANAKO, USER_2, counting));
        for (UnaryOperator<Token> part : List.<UnaryOperator<Token>>of(
                token -> token.toBuilder().counterUnknown(true).build(),
                token -> token.toBuilder().codes(CodeState.ofNextCounter(9)).build(),
                token -> token.toBuilder().counterUnknown(false).build())) {
            hanako = withToken(scene, hanako, part);
        }
    }

    private static Enrolment withToken(Scene scene, Enrolment before, UnaryOperator<Token> part) {
        Token token = part.apply(requireNonNull(before.token()));
        return changed(scene, before, after -> after.token(token));
    }

    private static Token suspended(Token token, @Nullable Suspension suspension) {
        return token.toBuilder().suspension(suspension).build();
    }

    private static Token provisioned(Token token, UnaryOperator<Provisioning.Builder> part) {
        Provisioning before = requireNonNull(token.provisioning());
        return token.toBuilder()
                .provisioning(part.apply(before.toBuilder()).build())
                .build();
    }

    private static Enrolment changed(Scene scene, Enrolment before, UnaryOperator<Enrolment.Builder> part) {
        long events = before.eventCount() + 1;
        Enrolment after = part.apply(before.toBuilder()
                        .version(before.version() + 1)
                        .eventCount(events)
                        .head(Scene.link(events))
                        .rowMac(Scene.rowMac(events)))
                .build();
        scene.commit(Scene.change(before, after));
        expect("the enrolment", scene.stored(after.holder()), after);
        return after;
    }
}
