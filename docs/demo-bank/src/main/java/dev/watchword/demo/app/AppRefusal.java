package dev.watchword.demo.app;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.watchword.otp.lifecycle.model.Refused;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The reason of a refusal, as the app learns it. Anyone can send a user ID, so an unknown one has the same answer as a wrong password. The
 * other codes reveal that a user ID exists and in which state its new token is. A bank that keeps this from guessers answers every refusal
 * with {@code NOT_ACCEPTED}.
 *
 * @param code the reason that the app words for the holder
 * @param notBefore the first instant at which the app can be set up, if the reason is {@code NOT_YET}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record AppRefusal(String code, @Nullable Instant notBefore) {
    static final AppRefusal OTHER_SERVICE = of("OTHER_SERVICE");

    static AppRefusal ofProvisioning(Refused<?> refused) {
        return switch (refused.refusal()) {
            case NOT_YET -> new AppRefusal("NOT_YET", refused.notBefore().orElse(null));
            case ALREADY_PROVISIONED -> of("ALREADY_SET_UP");
            case ACTIVATION_PASSWORD_DEAD -> of("PASSWORD_DEAD");
            default -> of("NOT_ACCEPTED");
        };
    }

    static AppRefusal ofAnswer(Refused<?> refused) {
        return switch (refused.refusal()) {
            case OTHER_DETAILS -> of("STOPPED");
            case NO_REQUEST -> of("NO_REQUEST");
            case SUSPENDED, HOLDER_SUSPENDED -> of("SUSPENDED");
            default -> of("NOT_ACCEPTED");
        };
    }

    private static AppRefusal of(String code) {
        return new AppRefusal(code, null);
    }
}
