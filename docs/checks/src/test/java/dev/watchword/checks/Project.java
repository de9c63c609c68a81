package dev.watchword.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of the project: its modules, their sources and its pages. */
final class Project {
    static final Path ROOT = Path.of("..", "..");

    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

    private Project() {}

    /** Returns the directory of every module that the root POM names. */
    static List<Path> modules() {
        return MODULE.matcher(read(ROOT.resolve("pom.xml")))
                .results()
                .map(module -> ROOT.resolve(module.group(1)))
                .toList();
    }

    /** Returns every Java source of the libraries and programs. */
    static List<Path> mainSources() {
        return sources("src/main/java");
    }

    /** Returns every Java source of the tests. */
    static List<Path> testSources() {
        return sources("src/test/java");
    }

    private static List<Path> sources(String folder) {
        return modules().stream()
                .map(module -> module.resolve(folder))
                .filter(Files::isDirectory)
                .flatMap(sources -> files(sources, Integer.MAX_VALUE, ".java"))
                .toList();
    }

    /** Returns the README and every page of {@code docs}. */
    static List<Path> pages() {
        return Stream.concat(Stream.of(ROOT.resolve("README.md")), files(ROOT.resolve("docs"), 1, ".md"))
                .toList();
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> files(Path folder, int depth, String suffix) {
        try (Stream<Path> files = Files.walk(folder, depth)) {
            return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
