package dev.watchword.otp.app;

import org.bouncycastle.crypto.hpke.HPKE;

/**
 * The method by which a device and a server agree on a key: a KEM of HPKE (RFC 9180 §7.1). Each type stands for a whole
 * cipher suite, with HKDF-SHA256 and AES-256-GCM.
 */
public enum DeviceKeyType {
    /**
     * X-Wing: ML-KEM-768 combined with X25519. An answer that is recorded today stays secret from a future quantum
     * computer. X-Wing is still a draft (draft-connolly-cfrg-xwing-kem). All encodings carry a version, so that X-Wing
     * can change.
     */
    X_WING(1, HPKE.kem_X_WING, 1216, 1120, 64),

    /**
     * DHKEM(P-256, HKDF-SHA256) (RFC 9180 §4.1), for applications that may only use algorithms that NIST has approved.
     */
    P256(2, HPKE.kem_P256_SHA256, 65, 65, 32);

    private final byte code;
    private final short kemId;
    private final int publicKeyLength;
    private final int encapsulationLength;
    private final int randomLength;

    DeviceKeyType(int code, short kemId, int publicKeyLength, int encapsulationLength, int randomLength) {
        this.code = (byte) code;
        this.kemId = kemId;
        this.publicKeyLength = publicKeyLength;
        this.encapsulationLength = encapsulationLength;
        this.randomLength = randomLength;
    }

    /** Returns the byte that represents this type in every encoding. */
    byte code() {
        return code;
    }

    /** Returns the type that a byte represents. An unknown byte is an {@link IllegalArgumentException}. */
    static DeviceKeyType of(byte code) {
        for (DeviceKeyType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        throw new IllegalArgumentException("The type of a device key must be 1 (X-Wing) or 2 (P-256), not " + code
                + "; a later version of this library may support it");
    }

    /** Returns the length of a serialized public key in bytes. */
    int publicKeyLength() {
        return publicKeyLength;
    }

    /** Returns the length of an encapsulated key in bytes. */
    int encapsulationLength() {
        return encapsulationLength;
    }

    /** Returns the number of random bytes that one encapsulation consumes. */
    int randomLength() {
        return randomLength;
    }

    /** Creates an HPKE instance of this suite, for one thread. */
    HPKE hpke() {
        return new HPKE(HPKE.mode_base, kemId, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM256);
    }
}
