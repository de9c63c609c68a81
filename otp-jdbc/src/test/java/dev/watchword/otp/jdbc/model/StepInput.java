package dev.watchword.otp.jdbc.model;

import dev.watchword.otp.lifecycle.Confirmation;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The codes and factors that a step enters. */
final class StepInput {
    static final String PASSWORD = "hirosaki1";

    private static final String ANY_CODE = "12345678";
    private static final int WRONG_CODE = 6;
    private static final int NO_CODE = 7;

    /** The distances in steps of the codes in {@link StepKind#CODES}. Those at 6 and 7 are no codes of the token. */
    private static final List<Integer> DISTANCES = List.of(0, 1, 2, -1, 9, -12, 0, 0, -2);

    private StepInput() {}

    /** Returns a code by its number in {@link StepKind#CODES}. */
    static String code(int number, @Nullable ModelToken token, Instant now) {
        return later(number, 0, token, now);
    }

    /** Returns the code that the token shows some steps after a code by its number in {@link StepKind#CODES}. */
    static String later(int number, int steps, @Nullable ModelToken token, Instant now) {
        return switch (number) {
            case WRONG_CODE -> "00000000";
            case NO_CODE -> "0000";
            default -> token == null ? ANY_CODE : token.code(now, DISTANCES.get(number) + steps);
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
            case 3 -> new EnteredFactors(PASSWORD, null);
            case 4 -> new EnteredFactors("wrong1234", null);
            default -> new EnteredFactors(PASSWORD, mailed);
        };
    }

    /** Returns the confirmation for a policy. An application that keeps the passwords gives its verdict. */
    static Confirmation confirmation(EnteredFactors factors, ModelHolder model) {
        Confirmation confirmation = Confirmation.NONE.mailCode(factors.mailCode());
        if (factors.password() == null) {
            return confirmation;
        }
        if (model.credentials.areKeptByLibrary()) {
            return confirmation.password(factors.password());
        }
        return factors.passwordIsRight() ? confirmation.passwordWasRight() : confirmation.passwordWasWrong();
    }
}
