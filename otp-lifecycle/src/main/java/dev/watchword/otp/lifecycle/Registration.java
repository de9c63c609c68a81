package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * What a holder is shown (ワンタイムパスワード登録状況): the status, and the public data of the token if there is one.
 *
 * @param serviceId the institution
 * @param holder the holder
 * @param status the status
 * @param userId the holder's number; {@code null} before the first issue
 * @param token the token that waits for its activation or is in use; {@code null} if there is none
 * @param loginAsksForCode whether logging in asks for a code: from the activation to the revocation, suspended and
 *     expired or not
 */
public record Registration(
        ServiceId serviceId,
        Holder holder,
        RegistrationStatus status,
        @Nullable UserId userId,
        @Nullable TokenInfo token,
        boolean loginAsksForCode) {

    static Registration of(Enrolment enrolment) {
        TokenState state = enrolment.state();
        boolean alive = state == TokenState.ISSUED || state == TokenState.ACTIVE;
        return new Registration(
                enrolment.serviceId(),
                enrolment.holder(),
                alive ? statusOf(requireNonNull(enrolment.token())) : RegistrationStatus.UNREGISTERED,
                enrolment.userId(),
                alive ? TokenInfo.of(requireNonNull(enrolment.token())) : null,
                state == TokenState.ACTIVE);
    }

    private static RegistrationStatus statusOf(Token token) {
        if (token.isSuspended()) {
            return RegistrationStatus.SUSPENDED;
        }
        return token.state() == TokenState.ACTIVE ? RegistrationStatus.ACTIVE : RegistrationStatus.ISSUED;
    }
}
