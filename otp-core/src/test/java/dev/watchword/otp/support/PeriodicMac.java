package dev.watchword.otp.support;

import java.nio.ByteBuffer;
import java.security.Key;
import java.security.Provider;
import java.security.spec.AlgorithmParameterSpec;
import java.util.List;
import javax.crypto.MacSpi;
import org.jspecify.annotations.Nullable;

/**
 * A security provider whose HMAC gives the same code again after a number of moving factors. The code is the moving factor
 * modulo that number. Searches therefore find the same codes at several places.
 */
public final class PeriodicMac extends Provider {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the provider without installing it.
     *
     * @param period the number of moving factors with different codes
     */
    public PeriodicMac(int period) {
        super("PeriodicMac", "1", "an HMAC for tests");
        putService(new Service(this, "Mac", "HmacSHA1", Spi.class.getName(), List.of(), null) {
            @Override
            public Object newInstance(@Nullable Object parameter) {
                return new Spi(period);
            }
        });
    }

    private static final class Spi extends MacSpi {
        private final int period;
        private final ByteBuffer message = ByteBuffer.allocate(Long.BYTES);

        Spi(int period) {
            this.period = period;
        }

        @Override
        protected int engineGetMacLength() {
            return 20;
        }

        @Override
        protected void engineInit(Key key, @Nullable AlgorithmParameterSpec params) {
            message.clear();
        }

        @Override
        protected void engineUpdate(byte input) {
            message.put(input);
        }

        @Override
        protected void engineUpdate(byte[] input, int offset, int length) {
            message.put(input, offset, length);
        }

        /** The last byte is 0, so the dynamic truncation begins at the first byte. */
        @Override
        protected byte[] engineDoFinal() {
            int code = Math.floorMod(message.getLong(0), period);
            message.clear();
            return ByteBuffer.allocate(20).putInt(code).array();
        }

        @Override
        protected void engineReset() {
            message.clear();
        }
    }
}
