package dev.watchword.otp.lifecycle.stock;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A column of a CSV with seeds or tokens. Its heading is its name in lower case. */
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

    /** The column of a heading, in whichever case; {@code null} if there is none. */
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
