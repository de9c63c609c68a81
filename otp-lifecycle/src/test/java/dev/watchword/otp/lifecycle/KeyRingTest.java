package dev.watchword.otp.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.spi.KeyRing;
import dev.watchword.otp.lifecycle.spi.KeySource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.Optional;
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
        assertTrue(KeySource.isAes256(keys.key("a").orElseThrow()));
        assertTrue(KeySource.isHistoryKey(keys.historyKey("a").orElseThrow()));
        assertEquals(Optional.empty(), keys.key("c"));
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
                String.valueOf(e.getMessage()).contains("line ")
                        || String.valueOf(e.getMessage()).contains("Key"),
                e.getMessage());
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
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> KeyRing.ofEnvironment("WATCHWORD_NO_SUCH_KEYS"));
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
        assertTrue(keys.key("a").isPresent() && keys.key("c").isPresent());
        replace(file, RING + "history new " + KEY + " current\n");
        assertTrue(keys.historyKey("new").isPresent());
        assertEquals("new", keys.historyKeyName());
        assertEquals("b", keys.sealingKeyName());

        Files.delete(file);
        assertTrue(keys.key("a").isPresent());
        assertThrows(IllegalArgumentException.class, keys::sealingKeyName);
        assertThrows(IllegalArgumentException.class, () -> KeyRing.ofFile(file));
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
