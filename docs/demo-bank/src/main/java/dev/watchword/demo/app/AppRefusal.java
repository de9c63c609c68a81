package dev.watchword.demo.app;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.watchword.otp.lifecycle.model.Refused;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the bank tells an app about a refusal. Anyone can send a user ID, so an unknown user ID has the same answer as a wrong password.
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
