package dev.watchword.demo.customer;

import dev.watchword.otp.lifecycle.model.Field;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Refused;
import java.util.List;
import java.util.OptionalInt;

/** The sentences for refusals. Their reader has passed the first factor. */
final class Problems {
    private Problems() {}

    /** Returns the problems of a refused operation, in the order of the screen. */
    static List<Problem> of(Refused<?> refused) {
        Refusal refusal = refused.refusal();
        return switch (refusal) {
            case MALFORMED ->
                refused.fields().stream()
                        .sorted()
                        .map(field -> Problem.at(id(field), "malformed." + id(field)))
                        .toList();
            case WRONG_CODE, WRONG_SERIAL -> wrongCode(refused, "wrong.code");
            case REPLAYED -> List.of(Problem.at("code", "replayed"));
            case WRONG_PASSWORD -> List.of(Problem.at("password", "wrong.password"));
            case WRONG_MAIL_CODE -> List.of(Problem.at("mailCode", "wrong.mailCode"));
            case NO_MAIL_CODE -> List.of(Problem.at("mailCode", "expired.mailCode"));
            case PASSWORD_LOCKED -> List.of(Problem.of("locked.password"));
            case MAIL_CODE_LOCKED -> List.of(Problem.of("locked.mailCode"));
            case SUSPENDED, HOLDER_SUSPENDED -> List.of(Problem.of("suspended"));
            case EXPIRED -> List.of(Problem.of("expired"));
            case LAPSED -> List.of(Problem.of("lapsed"));
            case NOT_PROVISIONED -> List.of(Problem.of("not-provisioned"));
            case NOT_SENT -> List.of(Problem.of("not-sent"));
            case RESYNCHRONISATION_REQUIRED -> List.of(Problem.of("resynchronise"));
            case TOKEN_EXISTS, NOT_ISSUED, NOT_ACTIVE, NOT_YET -> List.of(Problem.of("changed"));
            case OVERTAKEN, NO_PROOF -> List.of(Problem.of("again"));
            default -> List.of(Problem.of("other"));
        };
    }

    /**
     * Returns the problems of a refused activation of a hardware token. One answer for a wrong serial number and a wrong code does not tell
     * which token the bank sent.
     */
    static List<Problem> ofHardwareActivation(Refused<?> refused) {
        boolean wrong = refused.refusal() == Refusal.WRONG_CODE || refused.refusal() == Refusal.WRONG_SERIAL;
        return wrong ? wrongCode(refused, "wrong.activation") : of(refused);
    }

    /** Returns whether the customer's state no longer allows the operation, so that its page cannot be shown again. */
    static boolean isOfState(Refused<?> refused) {
        return switch (refused.refusal()) {
            case SUSPENDED,
                    HOLDER_SUSPENDED,
                    EXPIRED,
                    LAPSED,
                    NOT_PROVISIONED,
                    NOT_SENT,
                    NOT_ISSUED,
                    NOT_ACTIVE,
                    NOT_YET,
                    TOKEN_EXISTS -> true;
            case WRONG_CODE, WRONG_SERIAL -> refused.triesLeft().orElse(1) == 0;
            default -> false;
        };
    }

    private static List<Problem> wrongCode(Refused<?> refused, String name) {
        OptionalInt tries = refused.triesLeft();
        if (tries.isPresent() && tries.getAsInt() == 0) {
            return List.of(Problem.of("suspended"));
        }
        String left = tries.isPresent() ? Integer.toString(tries.getAsInt()) : "";
        return List.of(Problem.at("code", name, left));
    }

    private static String id(Field field) {
        return switch (field) {
            case MAIL_ADDRESS -> "mail";
            case MAIL_ADDRESS_AGAIN -> "mailAgain";
            case ACTIVATION_PASSWORD -> "activationPassword";
            case ACTIVATION_PASSWORD_AGAIN -> "activationPasswordAgain";
            case SERIAL_NUMBER -> "serial";
            case CODE -> "code";
            default -> throw new IllegalArgumentException("No page of the customer has the field " + field);
        };
    }
}
