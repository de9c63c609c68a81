package dev.watchword.otp.lifecycle.spi;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
 * Keys by their names, read from a text: one key a line, what it is for, its name, and its bytes in Base64.
 *
 * <pre>
 * seal    2026-11 6Jr…=          # an AES key of 256 bits, which opens what it sealed
 * seal    2027-05 Q0x…= current  # the one that seals from now on
 * history 2026-11 xM2…= current  # an HMAC key of 256 bits or more
 * </pre>
 *
 * <p>Empty lines and what follows a {@code #} are nothing. Of several keys of a use, one is {@code current}. To rotate,
 * add the new key everywhere first, and make it current afterwards. Immutable.
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
                    place + " must be seal or history, a name, and a key in Base64," + " and may end with current");
        }
        SecretKey key = key(words[2], seals ? "AES" : "HmacSHA256", place);
        KeySource one = seals
                ? KeySource.of(words[1], key, new SecretKeySpec(new byte[32], "HmacSHA256"))
                : KeySource.of(words[1], new SecretKeySpec(new byte[32], "AES"), key);
        if ((seals ? sealing : histories).put(one.sealingKeyName(), key) != null) {
            throw new IllegalArgumentException(place + " has a name that came before");
        }
        if (marked) {
            int use = seals ? 0 : 1;
            if (current[use] != null) {
                throw new IllegalArgumentException(place + " is a second current key of its use");
            }
            current[use] = words[1];
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
     * Reads a text of keys.
     *
     * @param text the text
     * @param origin what messages call it
     * @return the keys
     * @throws IllegalArgumentException if it is not of that form; the message names the line, and nothing of its key
     */
    public static KeyRing parse(String text, String origin) {
        return new KeyRing(text, origin);
    }

    /**
     * Reads keys from an environment variable, once.
     *
     * @param variable the name of the variable
     * @return the keys
     * @throws IllegalArgumentException if it is not set, or not of that form
     */
    public static KeyRing ofEnvironment(String variable) {
        String text = System.getenv(variable);
        if (text == null) {
            throw new IllegalArgumentException("The environment variable " + variable + " is not set");
        }
        return parse(text, "The environment variable " + variable);
    }

    /**
     * Reads keys from a file, now and whenever it has changed, so that keys are rotated without a restart. Put a new file
     * in the place of the old one by renaming it. A file that cannot be read, or is not of that form, leaves the keys as
     * they were, for those who ask for a key by its name, and fails those who would seal.
     *
     * @param file the file, in UTF-8, which nobody else may read
     * @return the keys of the file
     * @throws IllegalArgumentException if the file cannot be read, or is not of that form
     */
    public static KeySource ofFile(Path file) {
        return new KeyFile(requireNonNull(file, "file"));
    }

    @Override
    public String sealingKeyName() {
        return sealingName;
    }

    @Override
    public Optional<SecretKey> key(String name) {
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

    /** Names only. */
    @Override
    public String toString() {
        return "KeyRing[seal " + sealing.keySet() + ", history " + histories.keySet() + "]";
    }

    /** The keys of a file, as it was when it was last looked at. */
    private static final class KeyFile implements KeySource {
        private final Path file;
        private @Nullable Object state;
        private KeyRing keys;

        KeyFile(Path file) {
            this.file = file;
            keys = read();
        }

        private synchronized KeyRing now() {
            if (!state().equals(state)) {
                keys = read();
            }
            return keys;
        }

        private synchronized KeyRing last() {
            return keys;
        }

        private KeyRing read() {
            Object before = state();
            try {
                KeyRing read = parse(Files.readString(file, StandardCharsets.UTF_8), "The key file " + file);
                state = before;
                return read;
            } catch (IOException e) {
                throw new IllegalArgumentException("The key file " + file + " cannot be read", e);
            }
        }

        private Object state() {
            try {
                Map<String, Object> attributes = Files.readAttributes(file, "lastModifiedTime,size,fileKey");
                return attributes.toString();
            } catch (IOException e) {
                throw new IllegalArgumentException("The key file " + file + " cannot be read", e);
            }
        }

        @Override
        public String sealingKeyName() {
            return now().sealingKeyName();
        }

        @Override
        public String historyKeyName() {
            return now().historyKeyName();
        }

        @Override
        public Optional<SecretKey> key(String name) {
            Optional<SecretKey> known = last().key(name);
            return known.isPresent() ? known : now().key(name);
        }

        @Override
        public Optional<SecretKey> historyKey(String name) {
            Optional<SecretKey> known = last().historyKey(name);
            return known.isPresent() ? known : now().historyKey(name);
        }
    }
}
