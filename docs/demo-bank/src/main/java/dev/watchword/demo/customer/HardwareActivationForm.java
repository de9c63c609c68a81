package dev.watchword.demo.customer;

import dev.watchword.otp.TypedCode;
import dev.watchword.otp.lifecycle.Confirmation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The form of the activation of a hardware token (BOK501).
 *
 * @param serial the serial number on the back of the token
 * @param code the code
 * @param nextCode the code that the token displayed next; empty unless the page asked for it
 */
record HardwareActivationForm(
        @Nullable String serial,
        @Nullable String code,
        @Nullable String nextCode) {
    HardwareActivationForm {
        serial = TypedCode.normalise(serial);
        code = TypedCode.normalise(code);
        nextCode = TypedCode.normalise(nextCode);
    }

    List<Problem> missing() {
        List<Problem> missing = new ArrayList<>();
        if (Factors.isBlank(serial)) {
            missing.add(Problem.missing("serial"));
        }
        if (Factors.isBlank(code)) {
            missing.add(Problem.missing("code"));
        }
        return missing;
    }

    boolean hasTwoCodes() {
        return !Factors.isBlank(nextCode);
    }

    Confirmation confirmation() {
        return Confirmation.NONE.code(code);
    }

    @Override
    public String toString() {
        return "HardwareActivationForm[redacted]";
    }
}
