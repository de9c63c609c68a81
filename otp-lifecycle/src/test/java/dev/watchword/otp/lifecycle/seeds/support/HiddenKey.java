package dev.watchword.otp.lifecycle.seeds.support;

import javax.crypto.SecretKey;

/** A key that reveals neither its bytes nor its length, like a key in an HSM. */
public record HiddenKey(String algorithm) implements SecretKey {
    @Override
    public String getAlgorithm() {
        return algorithm;
    }

    @Override
    @SuppressWarnings("NullAway") // The platform specifies null for a key that cannot be exported.
    public String getFormat() {
        return null;
    }

    @Override
    @SuppressWarnings("NullAway")
    public byte[] getEncoded() {
        return null;
    }
}
