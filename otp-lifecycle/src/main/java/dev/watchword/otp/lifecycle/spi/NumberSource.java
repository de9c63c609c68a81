package dev.watchword.otp.lifecycle.spi;

import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.lifecycle.policy.SerialForm;
import java.security.SecureRandom;

/**
 * A source of user IDs and of serial numbers for software tokens. The library draws again if a number is taken, so a source
 * need not know what it returned before. It MUST be thread-safe.
 */
public interface NumberSource {

    /**
     * Draws a user ID.
     *
     * @return a user ID that is probably free
     */
    UserId userId();

    /**
     * Draws the serial number of a software token.
     *
     * @return a serial number that is probably free, in the form of the policy
     */
    SerialNumber serial();

    /**
     * Returns a source of random numbers: user IDs of 12 digits and serial numbers of 9 digits. The hardware tokens of the
     * institution SHOULD have serial numbers of another length.
     *
     * @param random the source of randomness
     * @return the source
     */
    static NumberSource random(SecureRandom random) {
        return random(random, SerialForm.BANK);
    }

    /**
     * Returns a source of random numbers without a leading zero: user IDs of 12 digits, and serial numbers of digits only. A
     * serial number has 9 digits, or the number of digits closest to 9 that the form allows. The hardware tokens of the
     * institution SHOULD have serial numbers of another length.
     *
     * @param random the source of randomness
     * @param form the form of serial numbers
     * @return the source
     */
    static NumberSource random(SecureRandom random, SerialForm form) {
        int digits = Math.max(form.minLength(), Math.min(form.maxLength(), 9));
        return new NumberSource() {
            @Override
            public UserId userId() {
                return new UserId(draw(12));
            }

            @Override
            public SerialNumber serial() {
                return new SerialNumber(draw(digits));
            }

            /** Draws a number without leading zeros. */
            private String draw(int length) {
                StringBuilder number = new StringBuilder(length).append((char) ('1' + random.nextInt(9)));
                while (number.length() < length) {
                    number.append((char) ('0' + random.nextInt(10)));
                }
                return number.toString();
            }
        };
    }
}
