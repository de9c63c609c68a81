package dev.watchword.demo.customer;

import dev.watchword.otp.TypedCode;
import dev.watchword.otp.lifecycle.Confirmation;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The form in which a customer confirms an operation. A page has the fields that its operation needs.
 *
 * @param password the confirmation password
 * @param mailCode the mail code
 * @param code the code of the token
 */
record Factors(
        @Nullable String password,
        @Nullable String mailCode,
        @Nullable String code) {
    static final String PASSWORD = "password";
    static final String MAIL_CODE = "mailCode";
    static final String CODE = "code";

    /** Returns the required fields that are empty. An empty entry must not reach the library, which would charge it as a wrong one. */
    List<Problem> missing(String... required) {
        return Arrays.stream(required)
                .filter(field -> isBlank(value(field)))
                .map(Problem::missing)
                .toList();
    }

    /** Returns the entries for the library. */
    Confirmation confirmation() {
        return Confirmation.NONE
                .password(password)
                .mailCode(TypedCode.normalise(mailCode))
                .code(TypedCode.normalise(code));
    }

    static boolean isBlank(@Nullable String entry) {
        return entry == null || entry.isBlank();
    }

    private @Nullable String value(String field) {
        return switch (field) {
            case PASSWORD -> password;
            case MAIL_CODE -> mailCode;
            case CODE -> code;
            default -> throw new IllegalArgumentException(field);
        };
    }

    @Override
    public String toString() {
        return "Factors[redacted]";
    }
}
