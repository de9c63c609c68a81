package dev.watchword.guide;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of the project. A path is relative to its root and has slashes on every system.
 *
 * @param root the folder of the project
 */
record Repository(Path root) {
    /** The start page, which is the only document in a module. */
    static final String INDEX = "docs/guide/index.md";

    /** Returns the documents of the guide: those in the root, in docs and in its folders that are no module. */
    List<String> documents() {
        return Stream.of(markdown("."), markdown("docs"), folders().flatMap(this::markdown), Stream.of(INDEX))
                .flatMap(found -> found)
                .filter(this::isFile)
                .distinct()
                .sorted()
                .toList();
    }

    private Stream<String> folders() {
        return list("docs").filter(path -> Files.isDirectory(root.resolve(path)) && !isFile(path + "/pom.xml"));
    }

    private Stream<String> markdown(String folder) {
        return list(folder).filter(path -> path.endsWith(".md"));
    }

    private Stream<String> list(String folder) {
        try (Stream<Path> files = Files.list(root.resolve(folder))) {
            return files
                    .map(file -> root.relativize(file.normalize()).toString().replace('\\', '/'))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isFile(String path) {
        return Files.isRegularFile(root.resolve(path));
    }

    /** Returns whether a path leads to a file or a folder inside the project. */
    boolean exists(String path) {
        return !path.startsWith("..") && !path.startsWith("/") && Files.exists(root.resolve(path));
    }

    String text(String path) {
        return new String(bytes(path), StandardCharsets.UTF_8);
    }

    byte[] bytes(String path) {
        try {
            return Files.readAllBytes(root.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
