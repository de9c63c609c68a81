package dev.watchword.otp.lifecycle;

/**
 * The serial number of a token (シリアル番号), unique for ever within an institution.
 *
 * @param value 8 to 12 ASCII digits, for instance {@code 101199980021}
 */
public record SerialNumber(String value) {
    private static final int MIN_LENGTH = 8;
    private static final int MAX_LENGTH = 12;

    /**
     * Creates the number.
     *
     * @throws IllegalArgumentException if it is not that many ASCII digits
     */
    public SerialNumber {
        Require.digits(value, "serial number", MIN_LENGTH, MAX_LENGTH);
    }

    /** Tells whether what a person typed has the form of a serial number. */
    static boolean isSerialNumber(String text) {
        return Require.isDigits(text, MIN_LENGTH, MAX_LENGTH);
    }

    @Override
    public String toString() {
        return value;
    }
}
