package dev.watchword.otp.lifecycle.internal.machine;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.app.DevicePublicKey;
import dev.watchword.otp.lifecycle.model.BackupCodes;
import dev.watchword.otp.lifecycle.model.Credentials;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.HolderSuspension;
import dev.watchword.otp.lifecycle.model.MailAddress;
import dev.watchword.otp.lifecycle.model.OpenProof;
import dev.watchword.otp.lifecycle.model.OpenRequest;
import dev.watchword.otp.lifecycle.model.Pending;
import dev.watchword.otp.lifecycle.model.Provisioning;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.SealedSecret;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.model.TokenState;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The working copy of an enrolment during a decision, with the events so far. A pending token or order that is overdue has
 * lapsed in it from the start. Used for one decision, by one thread.
 */
final class Draft {
    private final Enrolment before;
    private final Instant now;
    private final TokenPolicy policy;
    private final Enrolment.Builder after;
    private final List<Token> ended = new ArrayList<>(0);
    private final List<TokenEvent> events = new ArrayList<>(1);
    private @Nullable SealedSecret stockSecret;
    private @Nullable DevicePublicKey device;

    private @Nullable UserId userId;
    private @Nullable Token token;
    private @Nullable Pending pending;
    private Credentials credentials;
    private @Nullable Instant softwareEndedAt;
    private @Nullable OpenProof proof;
    private List<OpenRequest> requests;
    private BackupCodes backupCodes;

    Draft(Enrolment before, Instant now, TokenPolicy policy) {
        this.before = before;
        this.now = now;
        this.policy = policy;
        after = before.toBuilder();
        userId = before.userId();
        token = before.token();
        pending = before.pending();
        credentials = before.credentials();
        softwareEndedAt = before.softwareEndedAt();
        proof = before.proof();
        requests = unexpired(before.requests(), now);
        backupCodes = BackupCodeRules.withoutExpired(before.backupCodes(), now);
        if (pending != null && pending.isLapsedAt(now)) {
            endPending(event(EventType.LAPSED), pending.lapsesAt());
        }
    }

    private static List<OpenRequest> unexpired(List<OpenRequest> requests, Instant now) {
        return requests.isEmpty()
                ? requests
                : requests.stream().filter(request -> !request.isExpiredAt(now)).toList();
    }

    /** {@return the stored enrolment} */
    Enrolment before() {
        return before;
    }

    Instant now() {
        return now;
    }

    TokenPolicy policy() {
        return policy;
    }

    /** Whether the pending token or order has lapsed in this draft. */
    boolean hasLapsed() {
        return !events.isEmpty() && events.get(0).type() == EventType.LAPSED;
    }

    /** The state of the registration in this draft. */
    TokenState state() {
        return enrolment().state();
    }

    /** The enrolment of this draft. The first event increments its version. */
    private Enrolment enrolment() {
        if (events.isEmpty()) {
            return before;
        }
        return after.version(before.version() + 1)
                .userId(userId)
                .token(token)
                .pending(pending)
                .credentials(credentials)
                .softwareEndedAt(softwareEndedAt)
                .proof(proof)
                .requests(requests)
                .backupCodes(backupCodes)
                .eventCount(before.eventCount() + events.size())
                .build();
    }

    /** Accepts the command with the change and the events of this draft. */
    Decision accept() {
        return decision(null);
    }

    /** Refuses the command. A charge in this draft is committed; a lapse alone is not. */
    Decision refuse(Refusal refusal) {
        return isCharged() ? decision(refusal) : Decision.refuse(before, refusal, null);
    }

    /** Refuses the command until an instant. */
    Decision refuse(Refusal refusal, Instant notBefore) {
        return Decision.refuse(before, refusal, notBefore);
    }

    private boolean isCharged() {
        return events.size() > (hasLapsed() ? 1 : 0);
    }

    private Decision decision(@Nullable Refusal refusal) {
        return new Decision(enrolment(), List.copyOf(ended), List.copyOf(events), refusal, null, stockSecret, device);
    }

    /** Takes the new token from the stock, which must still have this encrypted secret. */
    void takeFromStock(SealedSecret secret) {
        stockSecret = secret;
    }

    /** Keeps the public key of the device on which the pending token was provisioned. */
    void keep(DevicePublicKey key) {
        device = key;
    }

    /** Begins an event about no token. */
    static TokenEvent.Builder event(EventType type) {
        return TokenEvent.builder().type(type);
    }

    /** Begins an event about a token. */
    static TokenEvent.Builder event(EventType type, Token token) {
        return event(type).serial(token.serial());
    }

    /** Records an event with its number and instant. */
    Draft record(TokenEvent.Builder event) {
        events.add(event.number(before.eventCount() + events.size() + 1).at(now).build());
        return this;
    }

    @Nullable
    UserId userId() {
        return userId;
    }

    /** Assigns a user ID to a holder without one. */
    void assign(UserId newUserId) {
        if (userId == null) {
            userId = newUserId;
        }
    }

    void setSuspension(@Nullable HolderSuspension suspension) {
        after.suspension(suspension);
    }

    void setMailAddress(MailAddress address) {
        after.mailAddress(address);
    }

    /** Removes the personal data. */
    void erasePersonalData() {
        after.mailAddress(null);
        credentials = CredentialTransitions.erased(credentials);
        closeProof();
        backupCodes = BackupCodeRules.without(backupCodes);
    }

    /** The instant at which the holder's last provisioned software token ended; {@code null} if none ever ended. */
    @Nullable
    Instant softwareEndedAt() {
        return softwareEndedAt;
    }

    Credentials credentials() {
        return credentials;
    }

    void setCredentials(Credentials newCredentials) {
        credentials = newCredentials;
    }

    /** The open proof, or {@code null}. */
    @Nullable
    OpenProof proof() {
        return proof;
    }

    /** Opens a proof. It replaces an earlier one. */
    void open(OpenProof opened) {
        proof = opened;
    }

    /** Closes an open proof. */
    void closeProof() {
        proof = null;
    }

    /** The open signing requests, in the order in which they were made. */
    List<OpenRequest> requests() {
        return requests;
    }

    void open(OpenRequest request) {
        requests = Stream.concat(requests.stream(), Stream.of(request)).toList();
    }

    void close(OpenRequest closed) {
        requests = requests.stream()
                .filter(request -> !request.id().equals(closed.id()))
                .toList();
    }

    /** Drops all signing requests: their token ended or is suspended, or they can have been confirmed before. */
    void dropRequests() {
        requests = List.of();
    }

    /**
     * Ends what was begun before a suspension: the open proof and the signing requests. A thief can have begun them, and they must not
     * be confirmed after the token or the holder is resumed. If a theft or a fraud is the reason, also removes the emergency and recovery
     * codes, because they can be in the same hands.
     */
    void endWhatWasBegun(SuspensionReason why) {
        closeProof();
        dropRequests();
        if (why == SuspensionReason.STOLEN || why == SuspensionReason.FRAUD_SUSPECTED) {
            backupCodes = BackupCodeRules.without(backupCodes);
        }
    }

    /** The emergency codes and recovery codes. Emergency codes that have expired are absent from the start. */
    BackupCodes backupCodes() {
        return backupCodes;
    }

    void setBackupCodes(BackupCodes newBackupCodes) {
        backupCodes = newBackupCodes;
    }

    @Nullable
    Pending pending() {
        return pending;
    }

    Pending requirePending() {
        return requireNonNull(pending, "pending");
    }

    /** The pending token. */
    Token requireIssued() {
        return requireNonNull(requirePending().token(), "pending token");
    }

    void setPending(Pending newPending) {
        pending = newPending;
    }

    /** The token in use, or {@code null}. */
    @Nullable
    Token active() {
        return token != null && token.state() == TokenState.ACTIVE ? token : null;
    }

    Token requireActive() {
        return requireNonNull(active(), "token in use");
    }

    /** The tokens that are not revoked: the one in use, then the pending one. */
    List<Token> living() {
        List<Token> living = new ArrayList<>();
        if (active() != null) {
            living.add(requireActive());
        }
        if (pending != null && pending.token() != null) {
            living.add(pending.token());
        }
        return living;
    }

    /** Replaces a token by its changed version. */
    void put(Token changed) {
        if (pending != null
                && pending.token() != null
                && pending.token().serial().equals(changed.serial())) {
            pending = pending.toBuilder().token(changed).build();
        } else {
            token = changed;
        }
    }

    /** Puts an activated token into use. It supersedes the token in use and its emergency codes. Nothing is pending afterwards. */
    void putIntoUse(Token activated) {
        Token old = active();
        pending = null;
        token = activated;
        closeProof();
        dropRequests();
        backupCodes = BackupKind.EMERGENCY.with(backupCodes, null);
        if (old != null) {
            end(old, now);
            record(event(EventType.SUPERSEDED, old));
        }
    }

    /** Revokes the token in use and records the event. Login asks for no code afterwards, so all backup codes end. */
    void endActive(TokenEvent.Builder event) {
        Token old = requireActive();
        token = TokenTransitions.revoked(old, now);
        closeProof();
        dropRequests();
        backupCodes = BackupCodeRules.without(backupCodes);
        noteEndOfSoftware(old, now);
        record(event.serial(old.serial()));
    }

    /** Ends the pending token or order and records the event. */
    void endPending(TokenEvent.Builder event) {
        endPending(event, now);
    }

    private void endPending(TokenEvent.Builder event, Instant endedAt) {
        Token old = requirePending().token();
        pending = null;
        if (proof != null && ProofRules.isAboutPending(proof)) {
            closeProof();
        }
        if (old != null) {
            end(old, endedAt);
        }
        record(event.serial(old == null ? null : old.serial()));
    }

    private void end(Token old, Instant endedAt) {
        ended.add(TokenTransitions.revoked(old, now));
        noteEndOfSoftware(old, endedAt);
    }

    /** Records the end of the last software token whose secret an app received. */
    private void noteEndOfSoftware(Token old, Instant endedAt) {
        Provisioning provisioning = old.provisioning();
        if (provisioning != null && (provisioning.isDone() || old.state() == TokenState.ACTIVE)) {
            softwareEndedAt = endedAt;
        }
    }
}
