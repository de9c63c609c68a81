package dev.watchword.demo.bank;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.springframework.security.crypto.encrypt.AesBytesEncryptor;
import org.springframework.security.crypto.encrypt.AesBytesEncryptor.CipherAlgorithm;
import org.springframework.security.crypto.keygen.KeyGenerators;
import org.springframework.stereotype.Component;

/**
 * Encrypts what a customer typed on one page for use on the next one, such as the activation password. The session keeps it in the
 * database, where it must not be readable.
 */
@Component
public class Drafts {
    private static final int NONCE_BYTES = 12;

    private final AesBytesEncryptor cipher;

    Drafts(SecretKey draftKey) {
        cipher = new AesBytesEncryptor(draftKey, KeyGenerators.secureRandom(NONCE_BYTES), CipherAlgorithm.GCM);
    }

    /** {@return the encrypted text} */
    public byte[] seal(String text) {
        return cipher.encrypt(text.getBytes(StandardCharsets.UTF_8));
    }

    /** {@return the text; empty if another key or somebody else made the bytes} */
    public Optional<String> open(byte[] sealed) {
        try {
            return Optional.of(new String(cipher.decrypt(sealed), StandardCharsets.UTF_8));
        } catch (IllegalStateException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
