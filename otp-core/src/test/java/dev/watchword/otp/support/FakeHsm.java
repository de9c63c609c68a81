package dev.watchword.otp.support;

import dev.watchword.otp.HmacAlgorithm;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.MessageDigestSpi;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.spec.AlgorithmParameterSpec;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.MacSpi;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The security provider of an HSM whose HMAC accepts an {@link OpaqueKey} only. Every such key is the SHA-1 secret of
 * the RFCs. The provider also offers a digest that claims to be cloneable.
 */
public final class FakeHsm extends Provider {
    private static final long serialVersionUID = 1L;

    private final AtomicInteger evaluations = new AtomicInteger();

    /** Creates the provider without installing it. */
    public FakeHsm() {
        super("FakeHsm", "1", "an HSM for tests");
        putService(new Service(this, "Mac", "HmacSHA1", HsmMac.class.getName(), List.of(), null) {
            @Override
            public Object newInstance(@Nullable Object parameter) throws NoSuchAlgorithmException {
                return new HsmMac(evaluations);
            }
        });
        putService(new Service(this, "MessageDigest", "SHA-1", HsmDigest.class.getName(), List.of(), null) {
            @Override
            public Object newInstance(@Nullable Object parameter) {
                return new HsmDigest();
            }
        });
    }

    /** Returns the number of HMACs that this provider has computed. */
    public int evaluations() {
        return evaluations.get();
    }

    /** The HMAC inside the HSM. */
    private static final class HsmMac extends MacSpi {
        private final AtomicInteger evaluations;
        private final Mac inside;

        HsmMac(AtomicInteger evaluations) throws NoSuchAlgorithmException {
            this.evaluations = evaluations;
            try {
                this.inside = Mac.getInstance("HmacSHA1", "SunJCE");
            } catch (java.security.NoSuchProviderException e) {
                throw new NoSuchAlgorithmException(e);
            }
        }

        @Override
        protected int engineGetMacLength() {
            return 20;
        }

        @Override
        protected void engineInit(Key key, @Nullable AlgorithmParameterSpec params) throws InvalidKeyException {
            if (!(key instanceof OpaqueKey)) {
                throw new InvalidKeyException("The key must be a key of this HSM");
            }
            byte[] bytes = RfcSecrets.of(HmacAlgorithm.SHA1).exposeBytes();
            inside.init(new SecretKeySpec(bytes, "HmacSHA1"));
        }

        @Override
        protected void engineUpdate(byte input) {
            inside.update(input);
        }

        @Override
        protected void engineUpdate(byte[] input, int offset, int length) {
            inside.update(input, offset, length);
        }

        @Override
        protected byte[] engineDoFinal() {
            evaluations.incrementAndGet();
            return inside.doFinal();
        }

        @Override
        protected void engineReset() {
            inside.reset();
        }
    }

    /** A hash function whose copies might share state inside the HSM. */
    private static final class HsmDigest extends MessageDigestSpi implements Cloneable {
        @Override
        protected void engineUpdate(byte input) {}

        @Override
        protected void engineUpdate(byte[] input, int offset, int length) {}

        @Override
        protected byte[] engineDigest() {
            return new byte[20];
        }

        @Override
        protected void engineReset() {}
    }
}
