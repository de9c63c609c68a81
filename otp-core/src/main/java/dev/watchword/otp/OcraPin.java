package dev.watchword.otp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** The PIN of an OCRA input, or the hash of one. Immutable. */
sealed interface OcraPin {
    /** Returns the hash of the PIN. The caller MUST wipe it. */
    byte[] hash(HmacAlgorithm algorithm);

    /** A PIN in plain text. */
    final class Plain implements OcraPin {
        private final transient String pin;

        Plain(String pin) {
            boolean encodable = pin.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE);
            if (pin.isEmpty() || !encodable) {
                throw new IllegalArgumentException("The PIN must have at least one character and no lone surrogates");
            }
            this.pin = pin;
        }

        @Override
        public byte[] hash(HmacAlgorithm algorithm) {
            byte[] encoded = pin.getBytes(StandardCharsets.UTF_8);
            try {
                return MessageDigest.getInstance(algorithm.digestName()).digest(encoded);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(
                        "No installed security provider supports " + algorithm.digestName() + "; install one that does",
                        e);
            } finally {
                Arrays.fill(encoded, (byte) 0);
            }
        }
    }

    /** The hash of a PIN. */
    final class Hashed implements OcraPin {
        private final transient byte[] hash;

        Hashed(byte[] hash) {
            this.hash = hash.clone();
        }

        @Override
        public byte[] hash(HmacAlgorithm algorithm) {
            if (hash.length != algorithm.hashLength()) {
                throw new IllegalArgumentException("The hash of the PIN must have " + algorithm.hashLength()
                        + " bytes for this suite, not " + hash.length);
            }
            return hash.clone();
        }
    }
}
