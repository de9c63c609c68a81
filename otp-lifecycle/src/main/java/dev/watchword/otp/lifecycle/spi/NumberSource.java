package dev.watchword.otp.lifecycle.spi;

import dev.watchword.otp.lifecycle.SerialNumber;
import dev.watchword.otp.lifecycle.UserId;
import java.security.SecureRandom;

/**
 * Allots user IDs to holders and serial numbers to software tokens. A number that is taken already is drawn again, so a
 * source need not know what it gave before. Must be safe for use by several threads.
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
     * @return a serial number that is probably free
     */
    SerialNumber serial();

    /**
     * Returns a source of random numbers: user IDs of 12 digits, serial numbers of 9. See to it that the
     * fobs of the institution have serial numbers of another length.
     *
     * @param random the source of randomness
     * @return the source
     */
    static NumberSource random(SecureRandom random) {
        return new NumberSource() {
            @Override
            public UserId userId() {
                return new UserId(draw(100_000_000_000L));
            }

            @Override
            public SerialNumber serial() {
                return new SerialNumber(draw(100_000_000L));
            }

            /** A number of as many digits as the bound has, without leading zeros. */
            private String draw(long bound) {
                return Long.toString(random.nextLong(bound, 10 * bound));
            }
        };
    }
}
