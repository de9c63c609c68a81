package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * All that is recorded about one holder at one institution: the unit that is read, decided on and committed whole.
 * Immutable.
 *
 * @param serviceId the institution
 * @param holder the holder
 * @param version how often it was committed; 0 if it is not stored yet
 * @param userId the holder's number; {@code null} exactly if it is not stored yet
 * @param token the holder's token, kept when it is revoked until another is issued; {@code null} if there never was one
 * @param eventCount how many events its history has
 */
public record Enrolment(
        ServiceId serviceId,
        Holder holder,
        long version,
        @Nullable UserId userId,
        @Nullable Token token,
        long eventCount) {

    /**
     * Creates an enrolment from what a store kept.
     *
     * @throws IllegalArgumentException if the values contradict each other
     */
    public Enrolment {
        requireNonNull(serviceId, "serviceId");
        requireNonNull(holder, "holder");
        if (version < 0 || eventCount < 0 || (version == 0) == (userId != null) || (version == 0 && token != null)) {
            throw new IllegalArgumentException(
                    "Enrolment of holder " + holder + ": version " + version + ", " + eventCount
                            + " events; a stored one, and no other, has a version above 0, a user ID and perhaps a token");
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
        return new Enrolment(serviceId, holder, 0, null, null, 0);
    }

    /**
     * Returns the state of the holder's token.
     *
     * @return the token's state, or unregistered if there never was a token
     */
    public TokenState state() {
        return token == null ? TokenState.UNREGISTERED : token.state();
    }

    boolean isStored() {
        return version > 0;
    }

    Token requireToken() {
        return requireNonNull(token, "token");
    }

    Enrolment next(UserId allottedUserId, Token nextToken, int newEvents) {
        return new Enrolment(serviceId, holder, version + 1, allottedUserId, nextToken, eventCount + newEvents);
    }
}
