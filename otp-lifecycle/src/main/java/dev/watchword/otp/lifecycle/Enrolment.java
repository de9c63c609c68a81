package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * All that is recorded about one holder at one institution: the unit that is read, decided on and committed whole.
 * Immutable.
 *
 * @param serviceId the institution
 * @param holder the holder
 * @param version how often it was committed; 0 if it is not stored yet
 * @param userId the holder's number; {@code null} before the first issue or order
 * @param token the token in use, or the last one that was; {@code null} if there never was one
 * @param waiting what waits for its activation; {@code null} if nothing does
 * @param softwareRevokedAt when a software token in use was last revoked; {@code null} if none ever was
 * @param mailAddress where the holder is written to about tokens; {@code null} if no address is known
 * @param factors with what the holder confirms
 * @param eventCount how many events its history has
 * @param head the link of the last of them; {@code null} if there are none
 */
public record Enrolment(
        ServiceId serviceId,
        Holder holder,
        long version,
        @Nullable UserId userId,
        @Nullable Token token,
        @Nullable Waiting waiting,
        @Nullable Instant softwareRevokedAt,
        @Nullable MailAddress mailAddress,
        Factors factors,
        long eventCount,
        @Nullable ChainLink head) {

    /**
     * Creates an enrolment from what a store kept.
     *
     * @throws IllegalArgumentException if the values contradict each other
     */
    public Enrolment {
        requireNonNull(serviceId, "serviceId");
        requireNonNull(holder, "holder");
        requireNonNull(factors, "factors");
        boolean hasTokens = token != null || waiting != null;
        if (version < 0 || (version == 0) != (eventCount == 0) || (hasTokens && userId == null)) {
            throw new IllegalArgumentException("Enrolment of holder " + holder + ": version " + version + ", "
                    + eventCount + " events; one that is stored, and no other, has events, and tokens need a user ID");
        }
        if (token != null && token.state() == TokenState.ISSUED) {
            throw new IllegalArgumentException("Enrolment of holder " + holder + ": an issued token must wait");
        }
        if (token != null
                && waiting != null
                && waiting.token() != null
                && token.serial().equals(waiting.token().serial())) {
            throw new IllegalArgumentException("Enrolment of holder " + holder + ": a token cannot succeed itself");
        }
    }

    /**
     * Returns the enrolment of a holder who is not stored yet.
     *
     * @param serviceId the institution
     * @param holder the holder
     * @return an enrolment of version 0
     */
    public static Enrolment none(ServiceId serviceId, Holder holder) {
        return new Enrolment(serviceId, holder, 0, null, null, null, null, null, Factors.NONE, 0, null);
    }

    /**
     * Returns where the holder stands: unregistered until something is issued or ordered, issued while only that waits,
     * active while a token is in use, and revoked afterwards.
     *
     * @return the state
     */
    public TokenState state() {
        if (token != null && token.state() == TokenState.ACTIVE) {
            return TokenState.ACTIVE;
        }
        if (waiting != null) {
            return TokenState.ISSUED;
        }
        return userId == null ? TokenState.UNREGISTERED : TokenState.REVOKED;
    }

    Enrolment withHead(ChainLink newHead) {
        return new Enrolment(
                serviceId,
                holder,
                version,
                userId,
                token,
                waiting,
                softwareRevokedAt,
                mailAddress,
                factors,
                eventCount,
                newHead);
    }

    Enrolment withVersion(long newVersion) {
        return with(newVersion, token, waiting, factors);
    }

    /** The next version of this enrolment, with what was sealed anew. */
    Enrolment withSealed(@Nullable Token newToken, @Nullable Waiting newWaiting, Factors newFactors) {
        return with(version + 1, newToken, newWaiting, newFactors);
    }

    private Enrolment with(
            long newVersion, @Nullable Token newToken, @Nullable Waiting newWaiting, Factors newFactors) {
        return new Enrolment(
                serviceId,
                holder,
                newVersion,
                userId,
                newToken,
                newWaiting,
                softwareRevokedAt,
                mailAddress,
                newFactors,
                eventCount,
                head);
    }

    boolean isStored() {
        return version > 0;
    }

    /** The token in use. */
    Token requireActive() {
        if (state() != TokenState.ACTIVE) {
            throw new IllegalStateException("Holder " + holder + " has no token in use");
        }
        return requireNonNull(token);
    }

    UserId requireUserId() {
        return requireNonNull(userId, "userId");
    }

    Waiting requireWaiting() {
        return requireNonNull(waiting, "waiting");
    }

    /** The issued token that waits. */
    Token requireIssued() {
        return requireNonNull(requireWaiting().token(), "waiting token");
    }
}
