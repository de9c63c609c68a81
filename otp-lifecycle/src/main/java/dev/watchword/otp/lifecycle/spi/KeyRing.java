package dev.watchword.otp.lifecycle.spi;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.model.KeyUnavailableException;
import dev.watchword.otp.lifecycle.model.SealedSecret;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Keys by name, read from a text. Each line has the use, the name and the bytes of a key in Base64.
 *
 * <pre>
 * seal    2026-11 6Jr…=          # an AES key of 256 bits, which decrypts the values that it encrypted
 * seal    2027-05 Q0x…= current  # the current sealing key
 * history 2026-11 xM2…= current  # an HMAC key of 256 bits or more
 * </pre>
 *
 * <p>Blank lines and {@code #} comments are ignored. Among several keys of one use, one is marked {@code current}. To rotate
 * a key, first add the new key everywhere, then mark it current. A new key needs a new name, because the store keeps a check
 * value for each name that was ever current (R10.4). Immutable.
 */
public final class KeyRing implements KeySource {
    private static final String SEAL = "seal";
    private static final String HISTORY = "history";

    private final Map<String, SecretKey> sealing = new HashMap<>();
    private final Map<String, SecretKey> histories = new HashMap<>();
    private final String sealingName;
    private final String historyName;

    private KeyRing(String text, String origin) {
        String[] current = new String[2];
        int number = 0;
        for (String line : text.split("\\R", -1)) {
            number++;
            String[] words = line.replaceFirst("#.*", "").strip().split("\\s+", -1);
            if (words.length > 1 || !words[0].isEmpty()) {
                read(words, origin + ", line " + number, current);
            }
        }
        sealingName = current(sealing, current[0], SEAL, origin);
        historyName = current(histories, current[1], HISTORY, origin);
    }

    private void read(String[] words, String place, @Nullable String[] current) {
        boolean seals = words[0].equals(SEAL);
        boolean marked = words.length == 4 && words[3].equals("current");
        if ((!seals && !words[0].equals(HISTORY)) || !(words.length == 3 || marked)) {
            throw new IllegalArgumentException(
                    place + " must be seal or history, a name, and a key in Base64, and may end with current");
        }
        SecretKey key = key(words[2], seals ? "AES" : "HmacSHA256", place);
        check(words[1], key, seals, place);
        if ((seals ? sealing : histories).put(words[1], key) != null) {
            throw new IllegalArgumentException(place + " repeats the name of an earlier key; use another name");
        }
        if (marked) {
            int use = seals ? 0 : 1;
            if (current[use] != null) {
                throw new IllegalArgumentException(place + " is a second current key of its use; mark one");
            }
            current[use] = words[1];
        }
    }

    /**
     * Checks a name and a key as a {@link KeySource} does. The message contains no word of the line, because any word may be a
     * key.
     */
    private static void check(String name, SecretKey key, boolean seals, String place) {
        if (name.isBlank() || name.length() > SealedSecret.MAX_KEY_NAME_LENGTH) {
            throw new IllegalArgumentException(
                    place + " must have a name of 1 to " + SealedSecret.MAX_KEY_NAME_LENGTH + " characters");
        }
        if (!(seals ? KeySource.isSealingKey(key) : KeySource.isHistoryKey(key))) {
            throw new IllegalArgumentException(place
                    + (seals ? " must have a sealing key of 256 bits" : " must have a history key of 256 bits or more")
                    + " in Base64 as its third word, after a name");
        }
    }

    private static SecretKey key(String base64, String algorithm, String place) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(place + " has a key that is not Base64");
        }
        try {
            return new SecretKeySpec(bytes, algorithm);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(place + " has an empty key");
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static String current(Map<String, SecretKey> keys, @Nullable String marked, String use, String origin) {
        if (marked == null && keys.size() != 1) {
            throw new IllegalArgumentException(
                    origin + " must have one " + use + " key, or several of which one is current");
        }
        return marked == null ? keys.keySet().iterator().next() : marked;
    }

    /**
     * Reads keys from a text.
     *
     * @param text the text
     * @param origin the name of the text in messages
     * @return the keys
     * @throws IllegalArgumentException if the text is malformed; the message names the line and nothing of its key
     */
    public static KeyRing parse(String text, String origin) {
        return new KeyRing(text, origin);
    }

    /**
     * Reads keys from an environment variable, once.
     *
     * @param variable the name of the variable
     * @return the keys
     * @throws KeyUnavailableException if the variable is not set or its text is malformed
     */
    public static KeyRing ofEnvironment(String variable) {
        String origin = "The environment variable " + variable;
        String text = System.getenv(variable);
        if (text == null) {
            throw new KeyUnavailableException(origin + " is not set; set it to the keys", null);
        }
        return parseStored(text, origin);
    }

    /** Reads keys from a text that an operator maintains. A fault in the text is a failure of the infrastructure. */
    static KeyRing parseStored(String text, String origin) {
        try {
            return parse(text, origin);
        } catch (IllegalArgumentException e) {
            throw new KeyUnavailableException(requireNonNull(e.getMessage()), null);
        }
    }

    /**
     * Reads keys from a file now, and again whenever the file has changed, so that keys rotate without a restart. Replace the
     * file by renaming a new one. While the file is unreadable or malformed, known keys are still found by name, and asking for
     * the current key fails. After a rotation without a restart, call {@link
     * dev.watchword.otp.lifecycle.Institution#checkKeys} on every node.
     *
     * @param file the file, in UTF-8; other users should not be able to read it
     * @return the keys of the file
     * @throws KeyUnavailableException if the file cannot be read or is malformed
     */
    public static KeySource ofFile(Path file) {
        return new KeyFile(requireNonNull(file, "file"));
    }

    @Override
    public String sealingKeyName() {
        return sealingName;
    }

    @Override
    public Optional<SecretKey> sealingKey(String name) {
        return Optional.ofNullable(sealing.get(name));
    }

    @Override
    public String historyKeyName() {
        return historyName;
    }

    @Override
    public Optional<SecretKey> historyKey(String name) {
        return Optional.ofNullable(histories.get(name));
    }

    /** {@return the names of the keys} */
    @Override
    public String toString() {
        return "KeyRing[seal " + sealing.keySet() + ", history " + histories.keySet() + "]";
    }
}
