package dev.watchword.otp.jdbc.model;

import dev.watchword.otp.lifecycle.Confirmation;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The codes and factors that a step enters. */
final class StepInput {
    static final String PASSWORD = "hirosaki1";

    private static final String ANY_CODE = "12345678";

    private StepInput() {}

    /** Returns a code by its number in {@link StepKind#CODES}, or a later code of the token. */
    static String code(int number, @Nullable ModelToken token, Instant now) {
        return switch (number) {
            case 0 -> token == null ? ANY_CODE : token.code(now, 0);
            case 1 -> token == null ? ANY_CODE : token.code(now, 1);
            case 2 -> token == null ? ANY_CODE : token.code(now, 2);
            case 3 -> token == null ? ANY_CODE : token.code(now, -1);
            case 4 -> token == null ? ANY_CODE : token.code(now, 9);
            case 5 -> token == null ? ANY_CODE : token.code(now, -12);
            case 6 -> "00000000";
            case 7 -> "0000";
            default -> token == null ? ANY_CODE : token.code(now, number);
        };
    }

    /** Returns the factors by their number in {@link StepKind#FACTORS}. */
    static EnteredFactors factors(int number, ModelHolder model) {
        String current = model.credentials.mailCode();
        String mailed = current == null ? "00000000" : current;
        return switch (number) {
            case 0 -> new EnteredFactors("wrong1234", mailed);
            case 1 -> new EnteredFactors(PASSWORD, "99999999");
            case 2 -> new EnteredFactors(null, mailed);
            default -> new EnteredFactors(PASSWORD, mailed);
        };
    }

    static Confirmation confirmation(EnteredFactors factors) {
        Confirmation confirmation = Confirmation.NONE;
        if (factors.password() != null) {
            confirmation = confirmation.password(factors.password());
        }
        return factors.mailCode() == null ? confirmation : confirmation.mailCode(factors.mailCode());
    }
}
