package dev.watchword.otp.app;

import org.bouncycastle.crypto.hpke.HPKE;

/**
 * How a device and a server agree on a key: a KEM of HPKE (RFC 9180 §7.1). Each type stands for a whole suite, with
 * HKDF-SHA256 and AES-256-GCM.
 */
public enum DeviceKeyType {
    /**
     * X-Wing: ML-KEM-768 and X25519 together, so that an answer recorded today stays closed to a quantum computer. Still a
     * draft (draft-connolly-cfrg-xwing-kem); the encodings carry a version, so that it can change.
     */
    X_WING(1, HPKE.kem_X_WING, 1216, 1120, 64),

    /** DHKEM(P-256, HKDF-SHA256) (RFC 9180 §4.1), for those who must stay with what NIST has approved. */
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

    /** What stands for it in every encoding. */
    byte code() {
        return code;
    }

    static DeviceKeyType of(byte code) {
        for (DeviceKeyType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        throw new IllegalArgumentException("The type of a device key is 1 (X-Wing) or 2 (P-256), not " + code
                + "; a later version of this library may know it");
    }

    int publicKeyLength() {
        return publicKeyLength;
    }

    int encapsulationLength() {
        return encapsulationLength;
    }

    /** How many random bytes one encapsulation takes. */
    int randomLength() {
        return randomLength;
    }

    /** HPKE of this suite, for one thread. */
    HPKE hpke() {
        return new HPKE(HPKE.mode_base, kemId, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM256);
    }
}
