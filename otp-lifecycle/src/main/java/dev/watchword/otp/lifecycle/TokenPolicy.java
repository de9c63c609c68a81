package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * What an institution may decide. Immutable. Begin with {@link #BANK} or {@link #AUTHENTICATOR_APP}, and change what
 * differs.
 *
 * @param codes which codes are accepted
 * @param lock what wrong codes lead to
 * @param software how software tokens come to their holders
 * @param renewal which tokens may have a successor
 * @param confirmation with what a holder confirms which operation
 * @param hashing the cost of a password's hash
 * @param waitingTime how long an issue or an order waits for its activation before it lapses, at most 100 years
 * @param zone the institution's time zone, in which its days begin
 */
public record TokenPolicy(
        CodePolicy codes,
        LockPolicy lock,
        SoftwarePolicy software,
        RenewalPolicy renewal,
        ConfirmationPolicy confirmation,
        HashingPolicy hashing,
        Duration waitingTime,
        ZoneId zone) {
    /** The bank of the manual, in Japan; an issue or an order waits for 60 days. */
    public static final TokenPolicy BANK = new TokenPolicy(
            CodePolicy.BANK,
            LockPolicy.STANDARD,
            SoftwarePolicy.BANK,
            RenewalPolicy.BANK,
            ConfirmationPolicy.BANK,
            HashingPolicy.STANDARD,
            Duration.ofDays(60),
            ZoneId.of("Asia/Tokyo"));

    /** For authenticator apps: 6 digits, 30 seconds; the application confirms in its own way. */
    public static final TokenPolicy AUTHENTICATOR_APP = new TokenPolicy(
            CodePolicy.AUTHENTICATOR_APP,
            LockPolicy.STANDARD,
            SoftwarePolicy.GENERATED,
            RenewalPolicy.ALL_KINDS,
            ConfirmationPolicy.BY_APPLICATION,
            HashingPolicy.STANDARD,
            Duration.ofDays(7),
            ZoneId.of("UTC"));

    /**
     * Creates a policy.
     *
     * @throws IllegalArgumentException if a value is out of range; the message names it
     */
    public TokenPolicy {
        requireNonNull(codes, "codes");
        requireNonNull(lock, "lock");
        requireNonNull(software, "software");
        requireNonNull(renewal, "renewal");
        requireNonNull(confirmation, "confirmation");
        requireNonNull(hashing, "hashing");
        Require.duration(waitingTime, "waitingTime", Duration.ofSeconds(1), Require.CENTURY);
        requireNonNull(zone, "zone");
    }

    /**
     * Returns this policy with other codes.
     *
     * @param newCodes which codes are accepted
     * @return a policy that is otherwise the same
     */
    public TokenPolicy withCodes(CodePolicy newCodes) {
        return new TokenPolicy(newCodes, lock, software, renewal, confirmation, hashing, waitingTime, zone);
    }

    /**
     * Returns this policy with another lock.
     *
     * @param newLock what wrong codes lead to
     * @return a policy that is otherwise the same
     */
    public TokenPolicy withLock(LockPolicy newLock) {
        return new TokenPolicy(codes, newLock, software, renewal, confirmation, hashing, waitingTime, zone);
    }

    /**
     * Returns this policy with other software tokens.
     *
     * @param newSoftware how software tokens come to their holders
     * @return a policy that is otherwise the same
     */
    public TokenPolicy withSoftware(SoftwarePolicy newSoftware) {
        return new TokenPolicy(codes, lock, newSoftware, renewal, confirmation, hashing, waitingTime, zone);
    }

    /**
     * Returns this policy with another renewal.
     *
     * @param newRenewal which tokens may have a successor
     * @return a policy that is otherwise the same
     */
    public TokenPolicy withRenewal(RenewalPolicy newRenewal) {
        return new TokenPolicy(codes, lock, software, newRenewal, confirmation, hashing, waitingTime, zone);
    }

    /**
     * Returns this policy with another confirmation.
     *
     * @param newConfirmation with what a holder confirms which operation
     * @return a policy that is otherwise the same
     */
    public TokenPolicy withConfirmation(ConfirmationPolicy newConfirmation) {
        return new TokenPolicy(codes, lock, software, renewal, newConfirmation, hashing, waitingTime, zone);
    }

    /**
     * Returns this policy with another cost of hashing.
     *
     * @param newHashing the cost
     * @return a policy that is otherwise the same
     */
    public TokenPolicy withHashing(HashingPolicy newHashing) {
        return new TokenPolicy(codes, lock, software, renewal, confirmation, newHashing, waitingTime, zone);
    }

    /**
     * Returns this policy in another time zone.
     *
     * @param newZone the institution's time zone
     * @return a policy that is otherwise the same
     */
    public TokenPolicy withZone(ZoneId newZone) {
        return new TokenPolicy(codes, lock, software, renewal, confirmation, hashing, waitingTime, newZone);
    }

    /** The first instant of the calendar day after, where the institution is. */
    Instant nextDay(Instant after) {
        return after.atZone(zone).toLocalDate().plusDays(1).atStartOfDay(zone).toInstant();
    }
}
