package dev.watchword.guide;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;

/** A project with a few documents in a temporary folder. */
final class SmallProject {
    private final Path root;
    private final StringBuilder contents = new StringBuilder("Readers\n");

    /** Creates a project that has a start page only. */
    SmallProject(Path root) {
        this.root = root;
        document("docs/guide/index.md", "# Start\n");
    }

    /** Adds a document to the project and to the groups of the guide. */
    SmallProject document(String path, String markdown) {
        contents.append("  ").append(path).append('\n');
        return file(path, markdown).file(Contents.FILE, contents.toString());
    }

    SmallProject file(String path, String text) {
        return file(path, text.getBytes(StandardCharsets.UTF_8));
    }

    SmallProject file(String path, byte[] bytes) {
        Path file = root.resolve(path);
        try {
            Files.createDirectories(requireNonNull(file.getParent()));
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Returns the head of a PNG. */
    static byte[] png(int width, int height) {
        return ByteBuffer.allocate(24)
                .putLong(0x89504E470D0A1A0AL)
                .putInt(13)
                .put("IHDR".getBytes(StandardCharsets.US_ASCII))
                .putInt(width)
                .putInt(height)
                .array();
    }

    SortedMap<String, byte[]> site() {
        return site("");
    }

    SortedMap<String, byte[]> site(String source) {
        return Site.of(new Repository(root), source);
    }

    String page(String page) {
        return page(site(), page);
    }

    static String page(SortedMap<String, byte[]> site, String page) {
        return new String(requireNonNull(site.get(page), page), StandardCharsets.UTF_8);
    }

    /** Returns the problems that the build of the guide reports. */
    String problems() {
        return requireNonNull(assertThrows(GuideException.class, this::site).getMessage());
    }
}
