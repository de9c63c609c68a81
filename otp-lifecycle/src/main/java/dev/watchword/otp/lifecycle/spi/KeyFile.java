package dev.watchword.otp.lifecycle.spi;

import dev.watchword.otp.lifecycle.model.KeyUnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** The keys that a file contained when it was last read. The file is read again when its attributes change. */
final class KeyFile implements KeySource {
    private final Path file;
    private @Nullable String readAttributes;
    private KeyRing keys;

    KeyFile(Path file) {
        this.file = file;
        keys = read();
    }

    private synchronized KeyRing current() {
        if (!attributes().equals(readAttributes)) {
            keys = read();
        }
        return keys;
    }

    private synchronized KeyRing known() {
        return keys;
    }

    private KeyRing read() {
        String before = attributes();
        try {
            KeyRing read = KeyRing.parseStored(Files.readString(file, StandardCharsets.UTF_8), "The key file " + file);
            readAttributes = before;
            return read;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private String attributes() {
        try {
            Map<String, Object> attributes = Files.readAttributes(file, "lastModifiedTime,size,fileKey");
            return attributes.toString();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private KeyUnavailableException unreadable(IOException cause) {
        return new KeyUnavailableException("The key file " + file + " cannot be read; restore it", cause);
    }

    @Override
    public String sealingKeyName() {
        return current().sealingKeyName();
    }

    @Override
    public Optional<SecretKey> sealingKey(String name) {
        Optional<SecretKey> known = known().sealingKey(name);
        return known.isPresent() ? known : current().sealingKey(name);
    }

    @Override
    public String historyKeyName() {
        return current().historyKeyName();
    }

    @Override
    public Optional<SecretKey> historyKey(String name) {
        Optional<SecretKey> known = known().historyKey(name);
        return known.isPresent() ? known : current().historyKey(name);
    }
}
