package dev.watchword.otp.lifecycle.seeds;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A column of a CSV file with seeds or tokens. The heading of a column is its name in lower case. */
enum CsvColumn {
    SERIAL,
    SECRET_HEX,
    SECRET_BASE32,
    KIND,
    DIGITS,
    STEP,
    ALGORITHM,
    COUNTER,
    START,
    EXPIRY,
    MANUFACTURER,
    MODEL,
    HOLDER,
    TOKEN,
    USER_ID,
    MAIL_ADDRESS,
    LAST_STEP,
    DRIFT,
    SUSPENDED;

    /** Returns the column of a heading, or {@code null} if it is unknown. Case and surrounding white space are ignored. */
    static @Nullable CsvColumn of(String heading) {
        for (CsvColumn column : values()) {
            if (column.heading().equals(heading.strip().toLowerCase(Locale.ROOT))) {
                return column;
            }
        }
        return null;
    }

    String heading() {
        return name().toLowerCase(Locale.ROOT);
    }
}
