package dev.watchword.otp.lifecycle.internal.sealing;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.HotpProfile;
import dev.watchword.otp.OcraSuite;
import dev.watchword.otp.OtpProfile;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.model.BackupCodeSet;
import dev.watchword.otp.lifecycle.model.BackupCodes;
import dev.watchword.otp.lifecycle.model.ChainLink;
import dev.watchword.otp.lifecycle.model.CodeState;
import dev.watchword.otp.lifecycle.model.Credentials;
import dev.watchword.otp.lifecycle.model.DeviceFingerprint;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Failures;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.HolderSuspension;
import dev.watchword.otp.lifecycle.model.MailAddress;
import dev.watchword.otp.lifecycle.model.MailCode;
import dev.watchword.otp.lifecycle.model.OpenProof;
import dev.watchword.otp.lifecycle.model.OpenRequest;
import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Order;
import dev.watchword.otp.lifecycle.model.OrderState;
import dev.watchword.otp.lifecycle.model.Pending;
import dev.watchword.otp.lifecycle.model.Provisioning;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.RequestId;
import dev.watchword.otp.lifecycle.model.SealedSecret;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.SigningKey;
import dev.watchword.otp.lifecycle.model.SigningMethod;
import dev.watchword.otp.lifecycle.model.Suspension;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.model.TokenKind;
import dev.watchword.otp.lifecycle.model.TokenState;
import dev.watchword.otp.lifecycle.model.UserId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads an enrolment back from its encoding. So the encoding loses nothing, and different enrolments have different encodings. */
final class RowDecoder {
    private final ByteBuffer bytes;

    private RowDecoder(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    static byte[] encoded(int format, Enrolment enrolment) {
        FieldEncoder fields = new FieldEncoder();
        RowEncoding.append(fields, format, enrolment);
        return fields.toBytes();
    }

    static Enrolment decode(byte[] bytes) {
        RowDecoder decoder = new RowDecoder(bytes);
        Enrolment enrolment = decoder.enrolment();
        if (decoder.bytes.hasRemaining()) {
            throw new IllegalArgumentException("There are bytes after the enrolment");
        }
        return enrolment;
    }

    private boolean flag() {
        return switch (bytes.get()) {
            case 0 -> false;
            case 1 -> true;
            default -> throw new IllegalArgumentException("A flag must be 0 or 1");
        };
    }

    private <T> @Nullable T orNull(Supplier<T> value) {
        return flag() ? value.get() : null;
    }

    private byte[] binary() {
        int length = 0;
        int shift = 0;
        byte part;
        do {
            part = bytes.get();
            length |= (part & 0x7f) << shift;
            shift += 7;
        } while (part < 0);
        byte[] value = new byte[length];
        bytes.get(value);
        return value;
    }

    private String text() {
        return new String(binary(), StandardCharsets.UTF_8);
    }

    private Instant instant() {
        return Instant.EPOCH.plus(bytes.getLong(), ChronoUnit.MICROS);
    }

    private Enrolment enrolment() {
        byte[] label = new byte[5];
        bytes.get(label);
        if (!new String(label, StandardCharsets.ISO_8859_1).equals("\0row\1")) {
            throw new IllegalArgumentException("The label is unknown");
        }
        return Enrolment.builder()
                .serviceId(new ServiceId(text()))
                .holder(new Holder(text()))
                .version(bytes.getLong())
                .userId(orNull(() -> new UserId(text())))
                .eventCount(bytes.getLong())
                .head(orNull(() -> new ChainLink(text(), text())))
                .token(orNull(this::token))
                .pending(orNull(this::pending))
                .softwareEndedAt(orNull(this::instant))
                .suspension(orNull(() -> HolderSuspension.builder()
                        .reason(SuspensionReason.valueOf(text()))
                        .since(instant())
                        .operator(new Operator(text()))
                        .loginAskedForCode(flag())
                        .build()))
                .mailAddress(orNull(() -> new MailAddress(text())))
                .credentials(Credentials.builder()
                        .password(orNull(this::sealed))
                        .passwordFailures(bytes.getInt())
                        .mailCode(orNull(this::mailCode))
                        .mailCodeFailures(bytes.getInt())
                        .build())
                .proof(orNull(() -> OpenProof.builder()
                        .hash(text())
                        .operation(Operation.valueOf(text()))
                        .serial(orNull(() -> new SerialNumber(text())))
                        .expiresAt(instant())
                        .build()))
                .requests(requests())
                .backupCodes(BackupCodes.builder()
                        .emergency(orNull(this::backupCodes))
                        .recovery(orNull(this::backupCodes))
                        .failuresSinceAccepted(bytes.getInt())
                        .build())
                .build();
    }

    /** A set of codes always has hashes. */
    private BackupCodeSet backupCodes() {
        return BackupCodeSet.builder()
                .hashes(requireNonNull(orNull(this::sealed)))
                .unused(bytes.getInt())
                .failures(bytes.getInt())
                .createdAt(instant())
                .expiresAt(orNull(this::instant))
                .build();
    }

    private List<OpenRequest> requests() {
        List<OpenRequest> requests = new ArrayList<>();
        for (int left = bytes.getInt(); left > 0; left--) {
            requests.add(OpenRequest.builder()
                    .id(new RequestId(text()))
                    .method(SigningMethod.valueOf(text()))
                    .serial(new SerialNumber(text()))
                    .purpose(new Purpose(text()))
                    .nonce(text())
                    .digest(text())
                    .detail(orNull(this::text))
                    .expiresAt(instant())
                    .build());
        }
        return requests;
    }

    /** A signing key always has an encrypted key. */
    private SigningKey signing() {
        return SigningKey.builder()
                .suite(OcraSuite.parse(text()))
                .secret(requireNonNull(orNull(this::sealed)))
                .nextCounter(bytes.getLong())
                .counterUnknown(flag())
                .lastStep(bytes.getLong())
                .build();
    }

    private SealedSecret sealed() {
        return new SealedSecret(text(), binary());
    }

    /** A mail code always has a hash. */
    private MailCode mailCode() {
        return MailCode.builder()
                .hash(requireNonNull(orNull(this::sealed)))
                .operation(Operation.valueOf(text()))
                .destination(new MailAddress(text()))
                .sentAt(instant())
                .expiresAt(instant())
                .build();
    }

    private Pending pending() {
        return Pending.builder()
                .order(orNull(() -> Order.builder()
                        .state(OrderState.valueOf(text()))
                        .placedAt(instant())
                        .assignedAt(orNull(this::instant))
                        .sentAt(orNull(this::instant))
                        .build()))
                .token(orNull(this::token))
                .lapsesAt(instant())
                .build();
    }

    private Token token() {
        return Token.builder()
                .serial(new SerialNumber(text()))
                .kind(TokenKind.valueOf(text()))
                .profile(profile())
                .state(TokenState.valueOf(text()))
                .secret(orNull(this::sealed))
                .issuedAt(instant())
                .activatedAt(orNull(this::instant))
                .revokedAt(orNull(this::instant))
                .expiresAt(instant())
                .codes(new CodeState(bytes.getLong(), bytes.getInt()))
                .counterUnknown(flag())
                .lastAcceptedOn(orNull(() -> LocalDate.ofEpochDay(bytes.getLong())))
                .failures(Failures.of(bytes.getInt(), bytes.getInt(), orNull(this::instant)))
                .suspension(orNull(() ->
                        Suspension.of(SuspensionReason.valueOf(text()), instant(), orNull(() -> new Operator(text())))))
                .provisioning(orNull(this::provisioning))
                .signing(orNull(this::signing))
                .build();
    }

    private OtpProfile profile() {
        return switch (bytes.get()) {
            case 1 ->
                new TotpProfile(
                        HmacAlgorithm.valueOf(text()),
                        bytes.getInt(),
                        Duration.ofSeconds(bytes.getLong()),
                        Instant.ofEpochSecond(bytes.getLong()));
            case 2 -> new HotpProfile(HmacAlgorithm.valueOf(text()), bytes.getInt());
            default -> throw new IllegalArgumentException("The kind of the profile is unknown");
        };
    }

    private Provisioning provisioning() {
        return Provisioning.builder()
                .password(orNull(this::sealed))
                .failures(bytes.getInt())
                .opensAt(instant())
                .closesAt(instant())
                .provisionedAt(orNull(this::instant))
                .device(orNull(() -> new DeviceFingerprint(text())))
                .repeats(bytes.getInt())
                .build();
    }
}
