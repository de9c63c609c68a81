package dev.watchword.demo.stage;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/** The keys of the demonstration, in files that the first start creates. Instances that share the directory share the keys. */
record StageKeys(Path ringFile, Path draftFile) {
    private static final int KEY_BYTES = 32;

    /** Returns the keys in an existing directory, and creates missing ones. */
    static StageKeys in(Path directory) throws IOException {
        StageKeys keys = new StageKeys(directory.resolve("keys"), directory.resolve("draft-key"));
        create(keys.ringFile, "seal demo " + newKey() + "\nhistory demo " + newKey() + "\n");
        create(keys.draftFile, newKey());
        return keys;
    }

    byte[] draftKey() throws IOException {
        return Base64.getDecoder().decode(Files.readString(draftFile));
    }

    /** Creates a whole file, or leaves the one of an instance that was faster. */
    private static void create(Path file, String text) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        Path whole = Files.createTempFile(file.toAbsolutePath().getParent(), "key", null);
        Files.writeString(whole, text);
        try {
            Files.createLink(file, whole);
        } catch (FileAlreadyExistsException e) {
            // the other instance's keys count
        } finally {
            Files.delete(whole);
        }
    }

    private static String newKey() {
        byte[] bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
