package dev.watchword.otp.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Each rule has a test that names it. The page of rules is made from the tags of the tests: run it with
 * {@code -Dtest.jvm=-Drules.write=true} to write the page anew.
 */
class RulesPageTest {
    private static final Path PAGE = Path.of("../docs/rules.md");

    private static final Pattern RULE = Pattern.compile("(?m)^\\| (R\\d+\\.\\d+) \\| ([^|]+) \\|");

    private static final Pattern TAG = Pattern.compile("@Tag\\(\"(R\\d+\\.\\d+)\"\\)");

    /** Comments, text blocks, strings and characters, whichever comes first: what is in them is no code. */
    private static final Pattern NO_CODE = Pattern.compile(
            "/\\*.*?\\*/|//[^\\n]*|\"\"\".*?\"\"\"|\"(?:[^\"\\\\\\n]|\\\\.)*\"|'(?:[^'\\\\\\n]|\\\\.)+'",
            Pattern.DOTALL);

    /** The annotations of a class or a method, with what they are on. */
    private static final Pattern ANNOTATED = Pattern.compile("((?:@[\\w.]+(?:\\((?:[^()]|\\([^()]*\\))*\\))?\\s+)+)"
            + "(?:(?:public|private|protected|static|final|abstract)\\s+)*"
            + "(?:(class)\\s+(\\w+)|[\\w.<>\\[\\], ?&@]+?\\s(\\w+)\\s*\\()");

    private static final Pattern IS_TEST =
            Pattern.compile("@(?:Test|TestFactory|ParameterizedTest|RepeatedTest|Property|Example)\\b");

    private static final Comparator<String> BY_NUMBER = Comparator.comparingInt(
                    (String rule) -> Integer.parseInt(rule.substring(1, rule.indexOf('.'))))
            .thenComparingInt(rule -> Integer.parseInt(rule.substring(rule.indexOf('.') + 1)));

    @Test
    void eachRuleHasATestThatNamesIt() throws IOException {
        String page = Files.readString(PAGE, StandardCharsets.UTF_8);
        Map<String, Set<String>> tests = tests();
        Set<String> rules = RULE.matcher(page)
                .results()
                .map(result -> result.group(1))
                .collect(Collectors.toCollection(() -> new TreeSet<>(BY_NUMBER)));
        assertEquals(rules, tests.keySet(), "the rules, and those that a test names");

        String made = made(page, tests);
        if (Boolean.getBoolean("rules.write")) {
            Files.writeString(PAGE, made, StandardCharsets.UTF_8);
        }
        assertEquals(made, Files.readString(PAGE, StandardCharsets.UTF_8));
    }

    /** The page with the last column as the tags say. */
    private static String made(String page, Map<String, Set<String>> tests) {
        return page.lines()
                        .map(line -> {
                            Matcher rule = RULE.matcher(line);
                            return rule.find()
                                    ? rule.group() + " "
                                            + String.join(", ", tests.getOrDefault(rule.group(1), Set.of())) + " |"
                                    : line;
                        })
                        .collect(Collectors.joining("\n"))
                + "\n";
    }

    private static Map<String, Set<String>> tests() throws IOException {
        Map<String, Set<String>> tests = new TreeMap<>(BY_NUMBER);
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            List<Path> sources = modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .sorted()
                    .toList();
            for (Path source : sources) {
                try (Stream<Path> files = Files.walk(source)) {
                    files.filter(file -> file.toString().endsWith(".java"))
                            .sorted()
                            .forEach(file -> tests(read(file))
                                    .forEach((rule, named) -> tests.computeIfAbsent(rule, key -> new TreeSet<>())
                                            .addAll(named)));
                }
            }
        }
        return tests;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The tests of one source file by the rules that they name; a tag on a class counts for each of its tests. */
    private static Map<String, Set<String>> tests(String source) {
        Map<String, Set<String>> tests = new LinkedHashMap<>();
        Matcher matcher = ANNOTATED.matcher(code(source));
        String className = "";
        Set<String> ofClass = Set.of();
        Matcher first = Pattern.compile("(?m)^(?:(?:public|abstract|final) )*class (\\w+)")
                .matcher(source);
        if (first.find()) {
            className = first.group(1);
        }
        while (matcher.find()) {
            Set<String> tags = TAG.matcher(matcher.group(1))
                    .results()
                    .map(result -> result.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
            if (matcher.group(2) != null) {
                className = matcher.group(3);
                ofClass = tags;
            } else if (IS_TEST.matcher(matcher.group(1)).find()) {
                String named = className + "." + matcher.group(4);
                Stream.concat(tags.stream(), ofClass.stream())
                        .forEach(rule -> tests.computeIfAbsent(rule, key -> new TreeSet<>())
                                .add(named));
            }
        }
        return tests;
    }

    /** A source without comments and strings, but with the strings of tags. */
    private static String code(String source) {
        return NO_CODE.matcher(source)
                .replaceAll(found -> found.group().matches("\"R\\d+\\.\\d+\"") ? found.group() : " ");
    }

    @Test
    void readsTagsAndIsNotFooled() {
        String source = """
                /** @Tag("R1.1") */
                @Tag("R2.1")
                class ATest {
                    // @Tag("R1.2") @Test void no() {}
                    private static final String TEXT = "@Tag(\\"R1.3\\")";

                    @Tag("R3.1") @Test
                    void one() { char c = '"'; }

                    @ParameterizedTest
                    @ValueSource(strings = {"a(", "b)"})
                    @Tag("R3.2")
                    @Tag("R3.3")
                    public final void two(String text) {}

                    @Tag("R1.4")
                    static List<String> helper() { return List.of(); }

                    @Property(tries = 10)
                    boolean three(@ForAll int i) { return true; }
                }
                """;
        assertEquals(
                Map.of(
                        "R2.1", Set.of("ATest.one", "ATest.two", "ATest.three"),
                        "R3.1", Set.of("ATest.one"),
                        "R3.2", Set.of("ATest.two"),
                        "R3.3", Set.of("ATest.two")),
                tests(source));
    }
}
