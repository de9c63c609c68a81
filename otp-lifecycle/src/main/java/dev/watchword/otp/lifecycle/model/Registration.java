package dev.watchword.otp.lifecycle.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The registration of a holder (ワンタイムパスワード登録状況): the status, and the public data of the token in use and of the
 * pending one. Immutable.
 */
public final class Registration {
    private final ServiceId serviceId;
    private final Holder holder;
    private final RegistrationStatus status;
    private final @Nullable UserId userId;
    private final @Nullable TokenInfo token;
    private final @Nullable PendingInfo pending;
    private final @Nullable HolderSuspension suspension;
    private final boolean loginAsksForCode;
    private final @Nullable Instant emergencyCodesUntil;
    private final int recoveryCodesLeft;
    private final List<RequestInfo> openRequests;

    private Registration(Builder builder) {
        serviceId = requireNonNull(builder.serviceId, "serviceId");
        holder = requireNonNull(builder.holder, "holder");
        status = requireNonNull(builder.status, "status");
        userId = builder.userId;
        token = builder.token;
        pending = builder.pending;
        suspension = builder.suspension;
        loginAsksForCode = builder.loginAsksForCode;
        emergencyCodesUntil = builder.emergencyCodesUntil;
        recoveryCodesLeft = builder.recoveryCodesLeft;
        openRequests = builder.openRequests;
    }

    /**
     * Begins to build a registration, for tests of applications.
     *
     * @return an empty builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the institution} */
    public ServiceId serviceId() {
        return serviceId;
    }

    /** {@return the holder} */
    public Holder holder() {
        return holder;
    }

    /** {@return the status that the holder is shown} */
    public RegistrationStatus status() {
        return status;
    }

    /** {@return the user ID; {@code null} before the first issue or order} */
    public @Nullable UserId userId() {
        return userId;
    }

    /** {@return the token in use, or {@code null}} */
    public @Nullable TokenInfo token() {
        return token;
    }

    /**
     * {@return the pending token or order (the successor if a token is in use), or {@code null}}
     */
    public @Nullable PendingInfo pending() {
        return pending;
    }

    /** {@return the suspension of the holder; {@code null} if the holder is not suspended} */
    public @Nullable HolderSuspension suspension() {
        return suspension;
    }

    /**
     * {@return whether login requires a code. It does from the activation to the revocation, even if the token is suspended
     * or expired. While the holder is suspended, it does if it did when the suspension began. The application must refuse the
     * login of a suspended holder of whom login requires no code}
     */
    public boolean loginAsksForCode() {
        return loginAsksForCode;
    }

    /**
     * {@return the instant from which the holder's emergency codes are no longer accepted; {@code null} if the holder has none that
     * are unused}
     */
    public @Nullable Instant emergencyCodesUntil() {
        return emergencyCodesUntil;
    }

    /** {@return the number of the holder's unused recovery codes} */
    public int recoveryCodesLeft() {
        return recoveryCodesLeft;
    }

    /** {@return the holder's open signing requests, in the order in which they were made} */
    public List<RequestInfo> openRequests() {
        return openRequests;
    }

    /**
     * Returns the registration of the holder of an enrolment.
     *
     * @param enrolment the enrolment
     * @param now the current instant; a pending token or order that has lapsed by then is left out, and so are the emergency
     *     codes and the signing requests that have expired by then
     * @return the registration
     */
    public static Registration of(Enrolment enrolment, Instant now) {
        Token token = enrolment.activeToken();
        Pending pending = enrolment.pending();
        if (pending != null && pending.isLapsedAt(now)) {
            pending = null;
        }
        BackupCodeSet emergency = enrolment.backupCodes().emergency();
        BackupCodeSet recovery = enrolment.backupCodes().recovery();
        return builder()
                .serviceId(enrolment.serviceId())
                .holder(enrolment.holder())
                .status(status(enrolment, token, pending))
                .userId(enrolment.userId())
                .token(token == null ? null : TokenInfo.of(token))
                .pending(pending == null ? null : PendingInfo.of(pending))
                .suspension(enrolment.suspension())
                .loginAsksForCode(enrolment.loginAsksForCode())
                .emergencyCodesUntil(emergency == null || emergency.isExpiredAt(now) ? null : emergency.expiresAt())
                .recoveryCodesLeft(recovery == null ? 0 : recovery.unusedCount())
                .openRequests(enrolment.requests().stream()
                        .filter(request -> !request.isExpiredAt(now))
                        .map(RequestInfo::of)
                        .toList())
                .build();
    }

    private static RegistrationStatus status(Enrolment enrolment, @Nullable Token token, @Nullable Pending pending) {
        if (enrolment.suspension() != null) {
            return RegistrationStatus.SUSPENDED;
        }
        if (token != null) {
            return token.isSuspended() ? RegistrationStatus.SUSPENDED : RegistrationStatus.ACTIVE;
        }
        if (pending == null) {
            return RegistrationStatus.UNREGISTERED;
        }
        boolean suspended = pending.token() != null && pending.token().isSuspended();
        return suspended ? RegistrationStatus.SUSPENDED : RegistrationStatus.ISSUED;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Registration that
                        && serviceId.equals(that.serviceId)
                        && holder.equals(that.holder)
                        && status.equals(that.status)
                        && Objects.equals(userId, that.userId)
                        && Objects.equals(token, that.token)
                        && Objects.equals(pending, that.pending)
                        && Objects.equals(suspension, that.suspension)
                        && loginAsksForCode == that.loginAsksForCode
                        && Objects.equals(emergencyCodesUntil, that.emergencyCodesUntil)
                        && recoveryCodesLeft == that.recoveryCodesLeft
                        && openRequests.equals(that.openRequests));
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                serviceId,
                holder,
                status,
                userId,
                token,
                pending,
                suspension,
                loginAsksForCode,
                emergencyCodesUntil,
                recoveryCodesLeft,
                openRequests);
    }

    @Override
    public String toString() {
        return "Registration[serviceId=" + serviceId + ", holder=" + holder + ", status=" + status + ", userId="
                + userId + ", token=" + token + ", pending=" + pending + ", suspension=" + suspension
                + ", loginAsksForCode=" + loginAsksForCode + ", emergencyCodesUntil=" + emergencyCodesUntil
                + ", recoveryCodesLeft=" + recoveryCodesLeft + ", openRequests=" + openRequests + "]";
    }

    /** Builds a {@link Registration}. Not thread-safe. */
    public static final class Builder {
        private @Nullable ServiceId serviceId;
        private @Nullable Holder holder;
        private @Nullable RegistrationStatus status;
        private @Nullable UserId userId;
        private @Nullable TokenInfo token;
        private @Nullable PendingInfo pending;
        private @Nullable HolderSuspension suspension;
        private boolean loginAsksForCode;
        private @Nullable Instant emergencyCodesUntil;
        private int recoveryCodesLeft;
        private List<RequestInfo> openRequests = List.of();

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
         * Sets the status that the holder is shown.
         *
         * @param newStatus the status that the holder is shown
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder status(RegistrationStatus newStatus) {
            status = newStatus;
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
         * Sets the token in use.
         *
         * @param newToken the token in use, or {@code null}
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder token(@Nullable TokenInfo newToken) {
            token = newToken;
            return this;
        }

        /**
         * Sets the pending token or order, the successor if a token is in use.
         *
         * @param newPending the pending token or order (the successor if a token is in use), or {@code null}
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder pending(@Nullable PendingInfo newPending) {
            pending = newPending;
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
         * Sets whether login requires a code: from the activation to the revocation, even if the token is suspended or
         * expired.
         *
         * @param newLoginAsksForCode whether login requires a code: from the activation to the revocation, even if the token
         *     is suspended or expired
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder loginAsksForCode(boolean newLoginAsksForCode) {
            loginAsksForCode = newLoginAsksForCode;
            return this;
        }

        /**
         * Sets the instant from which the emergency codes are no longer accepted.
         *
         * @param newEmergencyCodesUntil the instant; {@code null} if the holder has no unused emergency codes
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder emergencyCodesUntil(@Nullable Instant newEmergencyCodesUntil) {
            emergencyCodesUntil = newEmergencyCodesUntil;
            return this;
        }

        /**
         * Sets the number of unused recovery codes.
         *
         * @param newRecoveryCodesLeft the number
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder recoveryCodesLeft(int newRecoveryCodesLeft) {
            recoveryCodesLeft = newRecoveryCodesLeft;
            return this;
        }

        /**
         * Sets the open signing requests. They are copied.
         *
         * @param newOpenRequests the requests, in the order in which they were made
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder openRequests(List<RequestInfo> newOpenRequests) {
            openRequests = List.copyOf(newOpenRequests);
            return this;
        }

        /**
         * Builds the value.
         *
         * @return the value
         * @throws NullPointerException if a required value is missing; the message names it
         */
        public Registration build() {
            return new Registration(this);
        }
    }
}
