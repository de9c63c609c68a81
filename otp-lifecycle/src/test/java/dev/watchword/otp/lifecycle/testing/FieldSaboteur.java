package dev.watchword.otp.lifecycle.testing;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.Totp;
import dev.watchword.otp.lifecycle.model.BackupCodeSet;
import dev.watchword.otp.lifecycle.model.BackupCodes;
import dev.watchword.otp.lifecycle.model.ChainLink;
import dev.watchword.otp.lifecycle.model.CodeState;
import dev.watchword.otp.lifecycle.model.Credentials;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Failures;
import dev.watchword.otp.lifecycle.model.HolderSuspension;
import dev.watchword.otp.lifecycle.model.OpenRequest;
import dev.watchword.otp.lifecycle.model.Order;
import dev.watchword.otp.lifecycle.model.OrderState;
import dev.watchword.otp.lifecycle.model.Origin;
import dev.watchword.otp.lifecycle.model.Pending;
import dev.watchword.otp.lifecycle.model.Provisioning;
import dev.watchword.otp.lifecycle.model.RecordedEvent;
import dev.watchword.otp.lifecycle.model.RowMac;
import dev.watchword.otp.lifecycle.model.SealedSecret;
import dev.watchword.otp.lifecycle.model.SigningKey;
import dev.watchword.otp.lifecycle.model.Suspension;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.model.TokenState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of enrolments and events, of which a {@link Saboteur} loses or cuts one. */
final class FieldSaboteur {
    private final Flaw flaw;

    FieldSaboteur(Flaw flaw) {
        this.flaw = flaw;
    }

    private boolean has(Flaw other) {
        return flaw == other;
    }

    Enrolment read(Enrolment stored) {
        Token token = stored.token();
        return stored.toBuilder()
                .token(token == null ? null : read(token))
                .pending(has(Flaw.FORGETS_PENDING_TOKENS) ? null : read(stored.pending()))
                .softwareEndedAt(has(Flaw.FORGETS_ENDED_SOFTWARE) ? null : stored.softwareEndedAt())
                .suspension(read(stored.suspension()))
                .mailAddress(has(Flaw.FORGETS_ADDRESSES) ? null : stored.mailAddress())
                .credentials(has(Flaw.FORGETS_FACTORS) ? Credentials.NONE : stored.credentials())
                .backupCodes(read(stored.backupCodes()))
                .requests(read(stored.requests()))
                .rowMac(read(stored.rowMac()))
                .build();
    }

    private List<OpenRequest> read(List<OpenRequest> requests) {
        if (has(Flaw.FORGETS_SIGNING_REQUESTS)) {
            return List.of();
        }
        return has(Flaw.FORGETS_TYPED_DETAILS)
                ? requests.stream()
                        .map(request -> request.detail() == null
                                ? request
                                : request.toBuilder().detail("detail").build())
                        .toList()
                : requests;
    }

    private BackupCodes read(BackupCodes codes) {
        BackupCodeSet recovery = codes.recovery();
        if (has(Flaw.FORGETS_BACKUP_CODES)) {
            return BackupCodes.NONE;
        }
        if (has(Flaw.FORGETS_WRONG_BACKUP_CODES)) {
            return codes.toBuilder().failuresSinceAccepted(0).build();
        }
        return recovery != null && has(Flaw.CUTS_BACKUP_CODES)
                ? codes.toBuilder().recovery(cut(recovery)).build()
                : codes;
    }

    private static BackupCodeSet cut(BackupCodeSet set) {
        byte[] bytes = set.hashes().bytes();
        byte[] kept = Arrays.copyOf(bytes, Math.min(512, bytes.length));
        return set.toBuilder()
                .hashes(new SealedSecret(set.hashes().keyName(), kept))
                .build();
    }

    private @Nullable RowMac read(@Nullable RowMac rowMac) {
        if (rowMac == null || has(Flaw.FORGETS_ROW_MACS)) {
            return null;
        }
        byte[] bytes = rowMac.bytes();
        return has(Flaw.CUTS_ROW_MACS) ? new RowMac(Arrays.copyOf(bytes, Math.min(32, bytes.length))) : rowMac;
    }

    private @Nullable HolderSuspension read(@Nullable HolderSuspension suspension) {
        if (suspension == null || has(Flaw.FORGETS_SUSPENSIONS_OF_HOLDERS)) {
            return null;
        }
        return HolderSuspension.builder()
                .reason(suspension.reason())
                .since(suspension.since())
                .operator(suspension.operator())
                .loginAskedForCode(suspension.loginAskedForCode() && !has(Flaw.FORGETS_WHAT_LOGIN_ASKED))
                .build();
    }

    private @Nullable Pending read(@Nullable Pending pending) {
        Order order = pending == null ? null : pending.order();
        if (pending == null || order == null || order.sentAt() == null || !has(Flaw.FORGETS_SENDING_TIMES)) {
            return pending;
        }
        return pending.toBuilder()
                .order(order.toBuilder().state(OrderState.ASSIGNED).sentAt(null).build())
                .build();
    }

    private Token read(Token token) {
        boolean kept = has(Flaw.KEEPS_THE_SECRET) && token.state() == TokenState.REVOKED;
        CodeState codes = token.codes();
        long lastStep = has(Flaw.FORGETS_STEP_ZERO) && codes.lastStep() == 0 ? Totp.NO_STEP : codes.lastStep();
        return token.toBuilder()
                .state(kept ? TokenState.ACTIVE : token.state())
                .secret(kept ? requireNonNull(Scene.token(token.serial()).secret()) : read(token.secret()))
                .revokedAt(kept ? null : token.revokedAt())
                .expiresAt(read(token.expiresAt()))
                .codes(new CodeState(lastStep, has(Flaw.FORGETS_THE_DRIFT) ? 0 : codes.drift()))
                .counterUnknown(token.counterUnknown() && !has(Flaw.FORGETS_UNKNOWN_COUNTERS))
                .lastAcceptedOn(has(Flaw.FORGETS_THE_LAST_DAY) ? null : token.lastAcceptedOn())
                .failures(has(Flaw.FORGETS_FAILURES) ? Failures.NONE : token.failures())
                .suspension(read(token.suspension()))
                .provisioning(read(token.provisioning()))
                .signing(read(token.signing()))
                .build();
    }

    private @Nullable SigningKey read(@Nullable SigningKey key) {
        if (key == null || has(Flaw.FORGETS_SIGNING_KEYS)) {
            return null;
        }
        return has(Flaw.FORGETS_SIGNED_STEPS)
                ? key.toBuilder().lastStep(SigningKey.NO_STEP).build()
                : key;
    }

    private @Nullable Provisioning read(@Nullable Provisioning provisioning) {
        return provisioning != null && has(Flaw.FORGETS_REPEATS)
                ? provisioning.toBuilder().repeats(0).build()
                : provisioning;
    }

    private @Nullable SealedSecret read(@Nullable SealedSecret secret) {
        return secret != null && has(Flaw.CUTS_SECRETS)
                ? new SealedSecret(secret.keyName(), Arrays.copyOf(secret.bytes(), Math.min(64, secret.bytes().length)))
                : secret;
    }

    private @Nullable Suspension read(@Nullable Suspension suspension) {
        return has(Flaw.FORGETS_SUSPENSIONS) ? null : suspension;
    }

    private Instant read(Instant instant) {
        return has(Flaw.CUTS_INSTANTS) ? instant.truncatedTo(ChronoUnit.MILLIS) : instant;
    }

    private Origin written(Origin origin) {
        String source = has(Flaw.FORGETS_SOURCES) ? null : origin.source();
        String reference = has(Flaw.FORGETS_REFERENCES) ? null : origin.reference();
        Origin kept = source == null ? Origin.NONE : Origin.NONE.source(source);
        return reference == null ? kept : kept.reference(reference);
    }

    /** Returns an event as the store keeps it. */
    RecordedEvent written(RecordedEvent recorded) {
        TokenEvent event = recorded.event();
        String reason = event.reason();
        TokenEvent kept = event.toBuilder()
                .reason(
                        reason != null && has(Flaw.CUTS_REASONS)
                                ? reason.substring(0, Math.min(255, reason.length()))
                                : reason)
                .origin(written(event.origin()))
                .request(has(Flaw.FORGETS_REQUESTS_OF_EVENTS) ? null : event.request())
                .build();
        return RecordedEvent.of(
                kept,
                recorded.reasonMac(),
                has(Flaw.FORGETS_LINKS) ? new ChainLink("k", "0".repeat(64)) : recorded.link());
    }
}
