package dev.watchword.otp.jdbc.model;

import org.jspecify.annotations.Nullable;

/** The factors that a holder enters. A factor is null if the holder enters none. */
record EnteredFactors(@Nullable String password, @Nullable String mailCode) {
    static final EnteredFactors NONE = new EnteredFactors(null, null);
}
