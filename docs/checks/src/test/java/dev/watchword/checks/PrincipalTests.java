package dev.watchword.checks;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The tests that prove a rule most directly, as {@code principal-tests.txt} lists them. */
final class PrincipalTests {
    static final int MOST = 3;

    private static final Path FILE = Path.of("src/test/resources/principal-tests.txt");

    private PrincipalTests() {}

    /** Returns the principal tests by rule. A line reads {@code R1.2: Class.method, Class.method}; {@code #} starts a comment. */
    static Map<String, List<String>> read() {
        Map<String, List<String>> tests = new TreeMap<>(RuleTags.BY_NUMBER);
        Project.read(FILE)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split(": "))
                .forEach(line -> tests.put(line[0], List.of(line[1].split(", "))));
        return tests;
    }
}
