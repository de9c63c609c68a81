package dev.watchword.otp.support;

import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** The handle of a key that stays in its hardware. It reveals its algorithm and none of its bytes. */
public final class OpaqueKey implements SecretKey {
    private static final long serialVersionUID = 1L;

    private final String algorithm;

    /** Creates the handle of a key for an algorithm. */
    public OpaqueKey(String algorithm) {
        this.algorithm = algorithm;
    }

    @Override
    public String getAlgorithm() {
        return algorithm;
    }

    @Override
    public @Nullable String getFormat() {
        return null;
    }

    @Override
    public byte @Nullable [] getEncoded() {
        return null;
    }
}
