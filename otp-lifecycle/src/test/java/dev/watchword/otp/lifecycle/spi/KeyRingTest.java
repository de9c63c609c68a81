package dev.watchword.otp.lifecycle.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.model.KeyUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("R10.1")
class KeyRingTest {
    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);
    private static final String RING = "# keys of the bank\n\nseal a " + KEY + "\r\n  seal\tb " + KEY
            + " current # since May\nhistory a " + KEY + "\n";

    @TempDir
    Path folder;

    @Test
    void namesKeysByTheirUse() {
        KeyRing keys = KeyRing.parse(RING, "The text");
        assertEquals("b", keys.sealingKeyName());
        assertEquals("a", keys.historyKeyName());
        assertTrue(KeySource.isSealingKey(keys.sealingKey("a").orElseThrow()));
        assertTrue(KeySource.isHistoryKey(keys.historyKey("a").orElseThrow()));
        assertEquals(Optional.empty(), keys.sealingKey("c"));
        assertEquals(Optional.empty(), keys.historyKey("b"));
        assertFalse(keys.toString().contains(KEY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "seal",
                "seal a",
                "seal a %",
                "seal a AAAA",
                "seal a ====",
                "lock a KEY",
                "seal a KEY now",
                "seal a KEY current more",
                "seal b KEY",
                "history b KEY current\nhistory c KEY current",
                "seal c KEY current",
                "seal KEY current",
                "seal KEY KEYKEY",
                "seal KEYKEY KEY",
                "history KEY current",
                "KEY",
                "history short AAAA"
            })
    @Tag("R10.2")
    void whatIsWrongIsNamedWithoutItsKey(String line) {
        String text = RING + line.replace("KEY", KEY);
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> KeyRing.parse(text, "The text"));
        assertFalse(
                String.valueOf(e.getMessage()).contains(KEY)
                        || String.valueOf(e.getMessage()).contains("AAAA"),
                e.getMessage());
        assertTrue(
                Pattern.compile("^The text, line \\d+[ :]")
                        .matcher(String.valueOf(e.getMessage()))
                        .find(),
                e.getMessage());
        assertNull(e.getCause());
    }

    @Test
    void oneOfSeveralMustBeCurrent() {
        String two = "seal a " + KEY + "\nseal b " + KEY + "\nhistory a " + KEY;
        assertThrows(IllegalArgumentException.class, () -> KeyRing.parse(two, "The text"));
        assertThrows(IllegalArgumentException.class, () -> KeyRing.parse("seal a " + KEY, "The text"));
        assertThrows(IllegalArgumentException.class, () -> KeyRing.parse("", "The text"));
    }

    @Test
    void theEnvironmentMustHaveIt() {
        KeyUnavailableException e =
                assertThrows(KeyUnavailableException.class, () -> KeyRing.ofEnvironment("WATCHWORD_NO_SUCH_KEYS"));
        assertTrue(String.valueOf(e.getMessage()).contains("WATCHWORD_NO_SUCH_KEYS"));
    }

    @Test
    void aFileIsReadAgainWhenItHasChanged() throws IOException {
        Path file = folder.resolve("keys");
        Files.writeString(file, RING);
        KeySource keys = KeyRing.ofFile(file);
        assertEquals("b", keys.sealingKeyName());

        replace(file, RING.replace(" current", "") + "seal c " + KEY + " current\n");
        assertEquals("c", keys.sealingKeyName());
        assertTrue(keys.sealingKey("a").isPresent() && keys.sealingKey("c").isPresent());
        replace(file, RING + "history new " + KEY + " current\n");
        assertTrue(keys.historyKey("new").isPresent());
        assertEquals("new", keys.historyKeyName());
        assertEquals("b", keys.sealingKeyName());

        Files.delete(file);
        assertTrue(keys.sealingKey("a").isPresent());
        assertThrows(KeyUnavailableException.class, keys::sealingKeyName);
        assertThrows(KeyUnavailableException.class, keys::historyKeyName);
        assertThrows(KeyUnavailableException.class, () -> keys.sealingKey("unknown"));
        assertThrows(KeyUnavailableException.class, () -> KeyRing.ofFile(file));
    }

    /** A defective key file fails as infrastructure, and known keys stay usable. */
    @Test
    @Tag("R10.2")
    void aMalformedFileIsAnUnavailableKey() throws IOException {
        Path file = folder.resolve("keys");
        Files.writeString(file, RING);
        KeySource keys = KeyRing.ofFile(file);

        replace(file, RING + "history b " + KEY + " current more\n");
        KeyUnavailableException e = assertThrows(KeyUnavailableException.class, keys::sealingKeyName);
        assertTrue(String.valueOf(e.getMessage()).contains(file + ", line 6"), e.getMessage());
        assertFalse(String.valueOf(e.getMessage()).contains(KEY));
        assertNull(e.getCause());
        assertTrue(keys.sealingKey("a").isPresent() && keys.historyKey("a").isPresent());
        assertThrows(KeyUnavailableException.class, () -> KeyRing.ofFile(file));

        replace(file, RING);
        assertEquals("b", keys.sealingKeyName());
    }

    private static void replace(Path file, String text) throws IOException {
        Path written = Files.writeString(file.resolveSibling("new-keys"), text);
        Files.move(written, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void manyKeysAreTaken() {
        StringBuilder text = new StringBuilder("history h " + KEY + "\n");
        for (int i = 0; i < 100; i++) {
            text.append("seal k").append(i).append(' ').append(KEY).append(i == 50 ? " current\n" : "\n");
        }
        assertEquals("k50", KeyRing.parse(text.toString(), "The text").sealingKeyName());
    }
}
