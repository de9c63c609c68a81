package dev.watchword.otp.lifecycle.spi;

import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.UserId;
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
     * @return a serial number that is probably free
     */
    SerialNumber serial();

    /**
     * Returns a source of random numbers: user IDs of 12 digits and serial numbers of 9 digits. The hardware tokens of the
     * institution should have serial numbers of another length.
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

            /** Draws a number with as many digits as the bound, without leading zeros. */
            private String draw(long bound) {
                return Long.toString(random.nextLong(bound, 10 * bound));
            }
        };
    }
}
