package dev.watchword.otp.jdbc.model;

import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Operation;
import java.util.List;

/**
 * A step of a script.
 *
 * @param second whether the step concerns the second institution
 * @param holder the number of the holder
 * @param code the number of the code, in {@link StepKind#CODES}; other kinds of steps use it as a parameter
 * @param factor the number of the factors, in {@link StepKind#FACTORS}
 */
public record Step(StepKind kind, boolean second, int holder, int code, int factor) {
    static final List<String> HOLDERS = List.of("taro", "hanako", "jiro");

    private static final int WRONG_PASSWORD = 0;
    private static final int WRONG_MAIL_CODE = 1;
    private static final int RIGHT_FACTORS = 5;
    private static final int WRONG_CODE = 6;
    private static final int MONTHS = 7;

    /** Returns the single steps of this step. Their codes and factors are right, or wrong if the step guesses. */
    List<Step> parts() {
        return kind.steps().stream()
                .map(part -> part == kind ? this : new Step(part, second, holder, codeOf(part), factorOf(part)))
                .toList();
    }

    private int codeOf(StepKind part) {
        return switch (part) {
            case WAIT -> kind.isRenewal() ? MONTHS : 0;
            case VERIFY, ACTIVATE_SOFTWARE, ACTIVATE_HARDWARE, USE_EMERGENCY_CODE, USE_RECOVERY_CODE ->
                kind.isGuesses() ? WRONG_CODE : 0;
            default -> 0;
        };
    }

    private int factorOf(StepKind part) {
        if (kind != StepKind.FACTOR_GUESSES) {
            return RIGHT_FACTORS;
        }
        return part == StepKind.ISSUE ? WRONG_MAIL_CODE : WRONG_PASSWORD;
    }

    Holder holderName() {
        return new Holder(HOLDERS.get(holder));
    }

    /** The operation that a mail code of this step confirms. */
    Operation mailedFor() {
        return switch (code) {
            case 1, 8 -> Operation.REVOKE;
            case 2 -> Operation.ORDER;
            case 4 -> Operation.RECOVERY_CODES;
            default -> Operation.ISSUE;
        };
    }

    /** Whether a mail code of this step goes to another address than that of the request. */
    boolean goesElsewhere() {
        return code == 3;
    }

    @Override
    public String toString() {
        String institution = second ? "@second " : "@first ";
        if (kind == StepKind.WAIT) {
            return kind + " " + StepKind.WAITS.get(code);
        }
        if (kind.concernsNoHolder()) {
            return institution + kind + " " + code;
        }
        return HOLDERS.get(holder)
                + institution
                + kind
                + (kind == StepKind.MAIL_CODE
                        ? " for " + mailedFor() + (goesElsewhere() ? " to another address" : "")
                        : "")
                + (kind.takesCode ? " with " + StepKind.CODES.get(code) : "")
                + (kind.takesFactor ? " and " + StepKind.FACTORS.get(factor) : "");
    }
}
