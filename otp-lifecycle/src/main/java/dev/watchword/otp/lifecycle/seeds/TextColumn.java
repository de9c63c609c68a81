package dev.watchword.otp.lifecycle.seeds;

import java.util.Locale;

/**
 * The meaning of a column of a text file with seeds or tokens. {@link TextLayout#DEFAULT} gives each column its name in
 * lower case as the heading. {@link CsvSeedReader} and {@link CsvTokenReader} describe the values.
 */
public enum TextColumn {
    /** The serial number. */
    SERIAL,
    /** The secret in hexadecimal. */
    SECRET_HEX,
    /** The secret in Base32. */
    SECRET_BASE32,
    /** The secret in Base64 with padding (RFC 4648 §4). */
    SECRET_BASE64,
    /** {@code TOTP} or {@code HOTP}, in either case. */
    KIND,
    /** The number of digits of a code, 6 to 9. */
    DIGITS,
    /** The time step in seconds, for TOTP. */
    STEP,
    /** The hash function. */
    ALGORITHM,
    /** The counter of the next code, for HOTP. */
    COUNTER,
    /** The time step in seconds for TOTP, or the counter of the next code for HOTP. */
    STEP_OR_COUNTER,
    /** The start of the validity: date and time with the offset from UTC. */
    START,
    /** The end of the validity: date and time with the offset from UTC. */
    EXPIRY,
    /** The manufacturer. */
    MANUFACTURER,
    /** The model. */
    MODEL,
    /** The holder of a token of another system. */
    HOLDER,
    /** {@code SOFTWARE} or {@code HARDWARE}, for a token of another system. */
    TOKEN,
    /** The user ID of the holder. */
    USER_ID,
    /** The mail address of the holder. */
    MAIL_ADDRESS,
    /** The last accepted time step of a TOTP token of another system. */
    LAST_STEP,
    /** The drift of a TOTP token of another system, in time steps. */
    DRIFT,
    /** The reason of the suspension of a token of another system. */
    SUSPENDED;

    /** Returns the heading of the column in the default layout. */
    String heading() {
        return name().toLowerCase(Locale.ROOT);
    }
}
