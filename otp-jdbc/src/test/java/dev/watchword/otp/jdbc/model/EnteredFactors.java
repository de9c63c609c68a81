package dev.watchword.otp.jdbc.model;

import org.jspecify.annotations.Nullable;

/** The factors that a holder enters. A factor is null if the holder enters none. */
record EnteredFactors(@Nullable String password, @Nullable String mailCode) {
    /** Returns the verdict of an application that keeps the passwords. */
    boolean passwordIsRight() {
        return StepInput.PASSWORD.equals(password);
    }
}
