package dev.watchword.otp.lifecycle;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a holder is shown (ワンタイムパスワード登録状況): the status, and the public data of what is in use and what waits.
 *
 * @param serviceId the institution
 * @param holder the holder
 * @param status the status
 * @param userId the holder's number; {@code null} before the first issue or order
 * @param token the token in use; {@code null} if there is none
 * @param waiting what waits for its activation, the successor if a token is in use; {@code null} if nothing does
 * @param loginAsksForCode whether logging in asks for a code: from the activation to the revocation, suspended and
 *     expired or not
 */
public record Registration(
        ServiceId serviceId,
        Holder holder,
        RegistrationStatus status,
        @Nullable UserId userId,
        @Nullable TokenInfo token,
        @Nullable WaitingInfo waiting,
        boolean loginAsksForCode) {

    static Registration of(Enrolment enrolment, Instant now) {
        Token token = enrolment.state() == TokenState.ACTIVE ? enrolment.token() : null;
        Waiting waiting = enrolment.waiting();
        if (waiting != null && waiting.isLapsedAt(now)) {
            waiting = null;
        }
        return new Registration(
                enrolment.serviceId(),
                enrolment.holder(),
                status(token, waiting),
                enrolment.userId(),
                token == null ? null : TokenInfo.of(token),
                waiting == null ? null : WaitingInfo.of(waiting),
                token != null);
    }

    private static RegistrationStatus status(@Nullable Token token, @Nullable Waiting waiting) {
        if (token != null) {
            return token.isSuspended() ? RegistrationStatus.SUSPENDED : RegistrationStatus.ACTIVE;
        }
        if (waiting == null) {
            return RegistrationStatus.UNREGISTERED;
        }
        boolean suspended = waiting.token() != null && waiting.token().isSuspended();
        return suspended ? RegistrationStatus.SUSPENDED : RegistrationStatus.ISSUED;
    }
}
