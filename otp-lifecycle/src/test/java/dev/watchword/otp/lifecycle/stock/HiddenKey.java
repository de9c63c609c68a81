package dev.watchword.otp.lifecycle.stock;

import javax.crypto.SecretKey;

/** A key that does not leave its HSM. */
record HiddenKey(String algorithm) implements SecretKey {
    @Override
    public String getAlgorithm() {
        return algorithm;
    }

    @Override
    @SuppressWarnings("NullAway") // so the platform says that a key is not to be had
    public String getFormat() {
        return null;
    }

    @Override
    @SuppressWarnings("NullAway")
    public byte[] getEncoded() {
        return null;
    }
}
