package dev.watchword.demo.bank;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.springframework.security.crypto.encrypt.AesGcmBytesEncryptor;
import org.springframework.security.crypto.encrypt.BytesEncryptor;
import org.springframework.stereotype.Component;

/**
 * Encrypts what a customer typed on one page for use on the next one, such as the activation password. The session keeps it in the
 * database, where it must not be readable.
 */
@Component
public class Drafts {
    private final BytesEncryptor cipher;

    Drafts(SecretKey draftKey) {
        cipher = AesGcmBytesEncryptor.withSecretKey(draftKey).build();
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
