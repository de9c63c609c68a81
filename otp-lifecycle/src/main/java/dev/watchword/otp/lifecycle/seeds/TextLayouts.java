package dev.watchword.otp.lifecycle.seeds;

/**
 * The layouts of common text files. An institution adds what its file leaves out, such as the expiry of all tokens: {@code
 * TextLayouts.SERIAL_HEX.toBuilder().constant(TextColumn.EXPIRY, "2031-01-01T00:00:00Z").build()}.
 */
public final class TextLayouts {
    /**
     * The six columns of Microsoft Entra ID for hardware TOTP tokens with 6 digits and SHA-1, for stock. The column
     * {@code upn} can be absent, and is ignored.
     */
    public static final TextLayout ENTRA =
            entra(TextLayout.builder()).ignored("upn").build();

    /** The layout {@link #ENTRA} for a migration. The column {@code upn} is the holder of a hardware token. */
    public static final TextLayout ENTRA_HOLDERS = entra(TextLayout.builder())
            .column(TextColumn.HOLDER, "upn")
            .constant(TextColumn.TOKEN, "HARDWARE")
            .ignored("manufacturer", "model")
            .build();

    /**
     * Lines without headings: the serial number and the secret in hexadecimal. By default the tokens are TOTP with SHA-1, 6
     * digits and 30 seconds. The caller can state other constants with {@link TextLayout#toBuilder()}.
     */
    public static final TextLayout SERIAL_HEX = TextLayout.builder()
            .column(TextColumn.SERIAL, 1)
            .column(TextColumn.SECRET_HEX, 2)
            .constant(TextColumn.KIND, "TOTP")
            .constant(TextColumn.DIGITS, "6")
            .constant(TextColumn.STEP, "30")
            .build();

    /**
     * The OATH CSV of privacyIDEA and LinOTP: serial number, secret in hexadecimal, kind, digits, and time step or counter. The
     * last three can be absent. The defaults are HOTP, 6 digits, and 30 seconds or counter 0. Lines that begin with {@code #} are
     * comments.
     */
    public static final TextLayout OATH_CSV = TextLayout.builder()
            .column(TextColumn.SERIAL, 1)
            .column(TextColumn.SECRET_HEX, 2)
            .column(TextColumn.KIND, 3)
            .column(TextColumn.DIGITS, 4)
            .column(TextColumn.STEP_OR_COUNTER, 5)
            .fields(2, 5)
            .constant(TextColumn.KIND, "HOTP")
            .constant(TextColumn.DIGITS, "6")
            .constant(TextColumn.STEP, "30")
            .constant(TextColumn.COUNTER, "0")
            .comment('#')
            .build();

    /**
     * The log of Yubico's personalization tool in the format that the tool calls traditional, with OATH-HOTP credentials of
     * 6 digits. The public identity in column 4 is the serial number. Column 12 is the number of digits.
     */
    public static final TextLayout YUBICO_TRADITIONAL = TextLayout.builder()
            .expected(1, "OATH-HOTP")
            .column(TextColumn.SERIAL, 4)
            .column(TextColumn.SECRET_HEX, 6)
            .column(TextColumn.DIGITS, 12)
            .fields(12, 18)
            .constant(TextColumn.KIND, "HOTP")
            .constant(TextColumn.COUNTER, "0")
            .build();

    /**
     * The log of Yubico's personalization tool in the format that the tool calls Yubico, with OATH-HOTP credentials of 6 digits
     * that start at 0. The record of a key for Yubico's own one-time passwords has identities in columns 2 and 3. Such a record
     * is bad. Lines that begin with {@code #} are comments.
     */
    public static final TextLayout YUBICO = TextLayout.builder()
            .column(TextColumn.SERIAL, 1)
            .expected(2, "")
            .expected(3, "0")
            .column(TextColumn.SECRET_HEX, 4)
            .fields(4, 7)
            .constant(TextColumn.KIND, "HOTP")
            .constant(TextColumn.DIGITS, "6")
            .constant(TextColumn.COUNTER, "0")
            .comment('#')
            .build();

    /** Lines without headings and with colons: serial number, secret in Base64, and counter. HOTP with 6 digits. */
    public static final TextLayout SERIAL_BASE64_COUNTER = TextLayout.builder()
            .separator(':')
            .column(TextColumn.SERIAL, 1)
            .column(TextColumn.SECRET_BASE64, 2)
            .column(TextColumn.COUNTER, 3)
            .constant(TextColumn.KIND, "HOTP")
            .constant(TextColumn.DIGITS, "6")
            .build();

    private TextLayouts() {}

    private static TextLayout.Builder entra(TextLayout.Builder builder) {
        return builder.column(TextColumn.SERIAL, "serial number")
                .column(TextColumn.SECRET_BASE32, "secret key")
                .column(TextColumn.STEP, "time interval")
                .column(TextColumn.MANUFACTURER, "manufacturer")
                .column(TextColumn.MODEL, "model")
                .constant(TextColumn.KIND, "TOTP")
                .constant(TextColumn.DIGITS, "6");
    }
}
