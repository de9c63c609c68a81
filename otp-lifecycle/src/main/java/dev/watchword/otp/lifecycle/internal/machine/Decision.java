package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.app.DevicePublicKey;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.SealedSecret;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decision of the machine. A wrong code is both a refusal and a change. A decision without events changes nothing.
 *
 * @param enrolment the enrolment after the decision
 * @param ended the tokens that leave the enrolment, revoked
 * @param events the new events, in order
 * @param refusal the reason of a refusal; {@code null} if the command is accepted
 * @param notBefore the first instant at which the command can succeed; {@code null} if the refusal does not depend on time
 * @param stockSecret the encrypted secret that the stock must have for the new token; {@code null} if none comes from the stock
 * @param device the public key of the device that an app was provisioned on; {@code null} for every other decision
 */
public record Decision(
        Enrolment enrolment,
        List<Token> ended,
        List<TokenEvent> events,
        @Nullable Refusal refusal,
        @Nullable Instant notBefore,
        @Nullable SealedSecret stockSecret,
        @Nullable DevicePublicKey device) {

    /** Refuses without a change. */
    public static Decision refuse(Enrolment unchanged, Refusal refusal, @Nullable Instant notBefore) {
        return new Decision(unchanged, List.of(), List.of(), refusal, notBefore, null, null);
    }

    /** Whether there is a change to commit. */
    public boolean changes() {
        return !events.isEmpty();
    }
}
