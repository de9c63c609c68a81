package dev.watchword.demo.phone;

import dev.watchword.otp.TypedCode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.validation.Errors;

/** The fields of the app's setup, as the holder typed them. */
record SetupForm(
        @Nullable String serviceId,
        @Nullable String userId,
        @Nullable String password,
        @Nullable Boolean consent) {
    static final SetupForm EMPTY = new SetupForm(null, null, null, null);

    /** Returns the form with plain digits. */
    SetupForm normalised() {
        return new SetupForm(digits(serviceId), digits(userId), digits(password), consent);
    }

    /** Reports every field that cannot be right. */
    void check(Errors errors) {
        require(errors, "serviceId", serviceId, "[0-9]{8}");
        require(errors, "userId", userId, "[0-9]{12}");
        require(errors, "password", password, "[0-9]{4,8}");
        if (consent == null || !consent) {
            errors.rejectValue("consent", "phone.error.consent");
        }
    }

    private static void require(Errors errors, String field, @Nullable String value, String form) {
        if (value == null || !value.matches(form)) {
            errors.rejectValue(field, "phone.error." + field);
        }
    }

    private static String digits(@Nullable String typed) {
        return Objects.toString(TypedCode.normalise(typed), "");
    }

    @Override
    public String toString() {
        return "SetupForm[redacted]";
    }
}
