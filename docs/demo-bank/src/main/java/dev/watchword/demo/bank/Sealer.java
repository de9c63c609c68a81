package dev.watchword.demo.bank;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.springframework.security.crypto.encrypt.AesGcmBytesEncryptor;
import org.springframework.security.crypto.encrypt.BytesEncryptor;
import org.springframework.stereotype.Component;

/**
 * Encrypts text that one page hands to the next one. A session, which the database keeps, has secrets such as the activation password. The
 * address of a page, which servers log and browsers keep, has personal data such as a name that an operator searched.
 */
@Component
public class Sealer {
    private static final String END_OF_PURPOSE = "\n";

    private final BytesEncryptor cipher;

    Sealer(SecretKey draftKey) {
        cipher = AesGcmBytesEncryptor.withSecretKey(draftKey).build();
    }

    /**
     * Encrypts a text.
     *
     * @param purpose what the text is for, without a line break; another purpose MUST NOT open it
     * @param text the text
     * @return a text that a session or a parameter of an address can have
     */
    public String seal(String purpose, String text) {
        if (purpose.contains(END_OF_PURPOSE)) {
            throw new IllegalArgumentException("A purpose must not have a line break");
        }
        byte[] sealed = cipher.encrypt((purpose + END_OF_PURPOSE + text).getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    /** {@return the text; empty if {@link #seal} did not make the sealed text for this purpose and with this key} */
    public Optional<String> open(String purpose, String sealed) {
        try {
            String opened = new String(cipher.decrypt(Base64.getUrlDecoder().decode(sealed)), StandardCharsets.UTF_8);
            String begin = purpose + END_OF_PURPOSE;
            return opened.startsWith(begin) ? Optional.of(opened.substring(begin.length())) : Optional.empty();
        } catch (IllegalStateException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }
}
