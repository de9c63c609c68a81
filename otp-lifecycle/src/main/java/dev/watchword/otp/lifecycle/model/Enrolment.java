package dev.watchword.otp.lifecycle.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is stored about one holder at one institution. The library reads, decides on and commits it as a
 * whole. Immutable.
 */
public final class Enrolment {
    private final ServiceId serviceId;
    private final Holder holder;
    private final long version;
    private final @Nullable UserId userId;
    private final @Nullable Token token;
    private final @Nullable Pending pending;
    private final @Nullable Instant softwareEndedAt;
    private final @Nullable HolderSuspension suspension;
    private final @Nullable MailAddress mailAddress;
    private final Credentials credentials;
    private final @Nullable OpenProof proof;
    private final List<OpenRequest> requests;
    private final BackupCodes backupCodes;
    private final long eventCount;
    private final @Nullable ChainLink head;
    private final @Nullable RowMac rowMac;

    private Enrolment(Builder builder) {
        serviceId = requireNonNull(builder.serviceId, "serviceId");
        holder = requireNonNull(builder.holder, "holder");
        version = builder.version;
        userId = builder.userId;
        token = builder.token;
        pending = builder.pending;
        softwareEndedAt = builder.softwareEndedAt;
        suspension = builder.suspension;
        mailAddress = builder.mailAddress;
        credentials = requireNonNull(builder.credentials, "credentials");
        proof = builder.proof;
        requests = List.copyOf(builder.requests);
        backupCodes = requireNonNull(builder.backupCodes, "backupCodes");
        eventCount = builder.eventCount;
        head = builder.head;
        rowMac = builder.rowMac;
        boolean hasTokens = token != null || pending != null;
        if (version < 0 || (version == 0) != (eventCount == 0) || (hasTokens && userId == null)) {
            throw new IllegalArgumentException(
                    "Enrolment of holder " + holder + " contradicts itself: version " + version + ", " + eventCount
                            + " events; exactly a stored enrolment has events, and tokens need a user ID");
        }
        if (token != null && token.state() == TokenState.ISSUED) {
            throw new IllegalArgumentException("Enrolment of holder " + holder + ": an issued token must be pending");
        }
        for (OpenRequest request : requests) {
            if (token == null
                    || token.state() != TokenState.ACTIVE
                    || !token.serial().equals(request.serial())) {
                throw new IllegalArgumentException(
                        "Enrolment of holder " + holder + ": a signing request must be for the token in use");
            }
        }
        if (token != null
                && pending != null
                && pending.token() != null
                && token.serial().equals(pending.token().serial())) {
            throw new IllegalArgumentException(
                    "Enrolment of holder " + holder + ": a token cannot be its own successor");
        }
    }

    /**
     * Begins to build an enrolment from stored values.
     *
     * @return an empty builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Begins to build a copy that differs in some values.
     *
     * @return a builder with all values of this one
     */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.serviceId = serviceId;
        builder.holder = holder;
        builder.version = version;
        builder.userId = userId;
        builder.token = token;
        builder.pending = pending;
        builder.softwareEndedAt = softwareEndedAt;
        builder.suspension = suspension;
        builder.mailAddress = mailAddress;
        builder.credentials = credentials;
        builder.proof = proof;
        builder.requests = requests;
        builder.backupCodes = backupCodes;
        builder.eventCount = eventCount;
        builder.head = head;
        builder.rowMac = rowMac;
        return builder;
    }

    /** {@return the institution} */
    public ServiceId serviceId() {
        return serviceId;
    }

    /** {@return the holder} */
    public Holder holder() {
        return holder;
    }

    /** {@return the number of commits so far; 0 if the enrolment is not stored yet} */
    public long version() {
        return version;
    }

    /** {@return the user ID; {@code null} before the first issue or order} */
    public @Nullable UserId userId() {
        return userId;
    }

    /** {@return the token in use, or the last one that was in use; {@code null} if there never was one} */
    public @Nullable Token token() {
        return token;
    }

    /** {@return the pending token or order, or {@code null}} */
    public @Nullable Pending pending() {
        return pending;
    }

    /**
     * {@return the instant at which the last provisioned software token ended; {@code null} if none ever ended}
     */
    public @Nullable Instant softwareEndedAt() {
        return softwareEndedAt;
    }

    /** {@return the suspension of the holder; {@code null} if the holder is not suspended} */
    public @Nullable HolderSuspension suspension() {
        return suspension;
    }

    /** {@return the mail address of the holder; {@code null} if none is known} */
    public @Nullable MailAddress mailAddress() {
        return mailAddress;
    }

    /** {@return the credentials with which the holder confirms requests} */
    public Credentials credentials() {
        return credentials;
    }

    /** {@return the open proof, which one operation in a transaction of the application can use; {@code null} if none is open} */
    public @Nullable OpenProof proof() {
        return proof;
    }

    /** {@return the open signing requests, in the order in which they were made; an expired one is refused} */
    public List<OpenRequest> requests() {
        return requests;
    }

    /** {@return the emergency codes and the recovery codes of the holder} */
    public BackupCodes backupCodes() {
        return backupCodes;
    }

    /** {@return the number of events in the history} */
    public long eventCount() {
        return eventCount;
    }

    /** {@return the link of the last event; {@code null} if there is no event} */
    public @Nullable ChainLink head() {
        return head;
    }

    /**
     * {@return the authentication code of the stored rows, as the store keeps it; {@code null} before the first commit. It
     * covers every other value of this enrolment (R10.5)}
     */
    public @Nullable RowMac rowMac() {
        return rowMac;
    }

    /**
     * Returns a new enrolment, before its first commit.
     *
     * @param serviceId the institution
     * @param holder the holder
     * @return an enrolment with version 0
     */
    public static Enrolment none(ServiceId serviceId, Holder holder) {
        return builder().serviceId(serviceId).holder(holder).build();
    }

    /**
     * Returns whether login asks for a code: exactly while a token is in use. While the holder is suspended, login also
     * asks if it did when the suspension began.
     *
     * @return whether login asks for a code
     */
    public boolean loginAsksForCode() {
        return activeToken() != null || (suspension != null && suspension.loginAskedForCode());
    }

    /** {@return whether the enrolment was committed before} */
    public boolean isStored() {
        return version > 0;
    }

    /**
     * Returns the state of the holder's registration: active while a token is in use, issued while only a token or an order
     * is pending, revoked afterwards, and unregistered before the first issue or order.
     *
     * @return the state
     */
    public TokenState state() {
        if (activeToken() != null) {
            return TokenState.ACTIVE;
        }
        if (pending != null) {
            return TokenState.ISSUED;
        }
        return userId == null ? TokenState.UNREGISTERED : TokenState.REVOKED;
    }

    /** {@return the token in use, or {@code null}} */
    public @Nullable Token activeToken() {
        return token != null && token.state() == TokenState.ACTIVE ? token : null;
    }

    /** {@return the issued token that is pending, or {@code null}} */
    public @Nullable Token pendingToken() {
        return pending == null ? null : pending.token();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Enrolment that
                        && serviceId.equals(that.serviceId)
                        && holder.equals(that.holder)
                        && version == that.version
                        && Objects.equals(userId, that.userId)
                        && Objects.equals(token, that.token)
                        && Objects.equals(pending, that.pending)
                        && Objects.equals(softwareEndedAt, that.softwareEndedAt)
                        && Objects.equals(suspension, that.suspension)
                        && Objects.equals(mailAddress, that.mailAddress)
                        && credentials.equals(that.credentials)
                        && Objects.equals(proof, that.proof)
                        && requests.equals(that.requests)
                        && backupCodes.equals(that.backupCodes)
                        && eventCount == that.eventCount
                        && Objects.equals(head, that.head)
                        && Objects.equals(rowMac, that.rowMac));
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                serviceId,
                holder,
                version,
                userId,
                token,
                pending,
                softwareEndedAt,
                suspension,
                mailAddress,
                credentials,
                proof,
                requests,
                backupCodes,
                eventCount,
                head,
                rowMac);
    }

    @Override
    public String toString() {
        return "Enrolment[serviceId=" + serviceId + ", holder=" + holder + ", version=" + version + ", userId=" + userId
                + ", token=" + token + ", pending=" + pending + ", softwareEndedAt=" + softwareEndedAt
                + ", suspension=" + suspension
                + ", mailAddress=" + mailAddress + ", credentials=" + credentials + ", proof=" + proof + ", requests="
                + requests + ", backupCodes=" + backupCodes + ", eventCount="
                + eventCount + ", head=" + head + ", rowMac=" + rowMac + "]";
    }

    /** Builds a {@link Enrolment}. Not thread-safe. */
    public static final class Builder {
        private @Nullable ServiceId serviceId;
        private @Nullable Holder holder;
        private long version;
        private @Nullable UserId userId;
        private @Nullable Token token;
        private @Nullable Pending pending;
        private @Nullable Instant softwareEndedAt;
        private @Nullable HolderSuspension suspension;
        private @Nullable MailAddress mailAddress;
        private Credentials credentials = Credentials.NONE;
        private @Nullable OpenProof proof;
        private List<OpenRequest> requests = List.of();
        private BackupCodes backupCodes = BackupCodes.NONE;
        private long eventCount;
        private @Nullable ChainLink head;
        private @Nullable RowMac rowMac;

        private Builder() {}

        /**
         * Sets the institution.
         *
         * @param newServiceId the institution
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder serviceId(ServiceId newServiceId) {
            serviceId = newServiceId;
            return this;
        }

        /**
         * Sets the holder.
         *
         * @param newHolder the holder
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder holder(Holder newHolder) {
            holder = newHolder;
            return this;
        }

        /**
         * Sets the number of commits so far; 0 if the enrolment is not stored yet.
         *
         * @param newVersion the number of commits so far; 0 if the enrolment is not stored yet
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder version(long newVersion) {
            version = newVersion;
            return this;
        }

        /**
         * Sets the user ID.
         *
         * @param newUserId the user ID; {@code null} before the first issue or order
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder userId(@Nullable UserId newUserId) {
            userId = newUserId;
            return this;
        }

        /**
         * Sets the token in use, or the last one that was in use.
         *
         * @param newToken the token in use, or the last one that was in use; {@code null} if there never was one
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder token(@Nullable Token newToken) {
            token = newToken;
            return this;
        }

        /**
         * Sets the pending token or order.
         *
         * @param newPending the pending token or order, or {@code null}
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder pending(@Nullable Pending newPending) {
            pending = newPending;
            return this;
        }

        /**
         * Sets the instant at which the last provisioned software token ended.
         *
         * @param newSoftwareEndedAt the instant at which the last provisioned software token ended; {@code null}
         *     if none ever ended
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder softwareEndedAt(@Nullable Instant newSoftwareEndedAt) {
            softwareEndedAt = newSoftwareEndedAt;
            return this;
        }

        /**
         * Sets the suspension of the holder.
         *
         * @param newSuspension the suspension of the holder; {@code null} if the holder is not suspended
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder suspension(@Nullable HolderSuspension newSuspension) {
            suspension = newSuspension;
            return this;
        }

        /**
         * Sets the mail address of the holder.
         *
         * @param newMailAddress the mail address of the holder; {@code null} if none is known
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder mailAddress(@Nullable MailAddress newMailAddress) {
            mailAddress = newMailAddress;
            return this;
        }

        /**
         * Sets the credentials with which the holder confirms requests.
         *
         * @param newCredentials the credentials with which the holder confirms requests
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder credentials(Credentials newCredentials) {
            credentials = newCredentials;
            return this;
        }

        /**
         * Sets the open proof.
         *
         * @param newProof the open proof; {@code null} if none is open
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder proof(@Nullable OpenProof newProof) {
            proof = newProof;
            return this;
        }

        /**
         * Sets the open signing requests.
         *
         * @param newRequests the open signing requests, in the order in which they were made
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder requests(List<OpenRequest> newRequests) {
            requests = newRequests;
            return this;
        }

        /**
         * Sets the emergency codes and the recovery codes of the holder.
         *
         * @param newBackupCodes the codes
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder backupCodes(BackupCodes newBackupCodes) {
            backupCodes = newBackupCodes;
            return this;
        }

        /**
         * Sets the number of events in the history.
         *
         * @param newEventCount the number of events in the history
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder eventCount(long newEventCount) {
            eventCount = newEventCount;
            return this;
        }

        /**
         * Sets the link of the last event.
         *
         * @param newHead the link of the last event; {@code null} if there is no event
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder head(@Nullable ChainLink newHead) {
            head = newHead;
            return this;
        }

        /**
         * Sets the authentication code of the stored rows.
         *
         * @param newRowMac the authentication code of the stored rows; {@code null} before the first commit
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder rowMac(@Nullable RowMac newRowMac) {
            rowMac = newRowMac;
            return this;
        }

        /**
         * Builds the value.
         *
         * @return the value
         * @throws NullPointerException if a required value is missing; the message names it
         * @throws IllegalArgumentException if the values contradict each other; the message names the holder
         */
        public Enrolment build() {
            return new Enrolment(this);
        }
    }
}
