package dev.watchword.otp.jdbc.model;

import dev.watchword.otp.lifecycle.model.Holder;
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

    private static final int RIGHT_FACTORS = 4;
    private static final int WRONG_CODE = 6;

    /** Returns the single steps of this step, with right codes and factors. */
    List<Step> parts() {
        return kind.steps().stream()
                .map(part -> part == kind ? this : new Step(part, second, holder, codeOf(part), RIGHT_FACTORS))
                .toList();
    }

    private static int codeOf(StepKind part) {
        return part == StepKind.VERIFY ? WRONG_CODE : 0;
    }

    Holder holderName() {
        return new Holder(HOLDERS.get(holder));
    }

    @Override
    public String toString() {
        return kind.concernsNoHolder()
                ? kind + " " + code
                : HOLDERS.get(holder)
                        + (second ? "@second " : "@first ")
                        + kind
                        + (kind.takesCode ? " with " + StepKind.CODES.get(code) : "")
                        + (kind.takesFactor ? " and " + StepKind.FACTORS.get(factor) : "");
    }
}
