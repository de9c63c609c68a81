package dev.watchword.checks;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tests of every rule, from the tags in the sources of all modules. */
final class RuleTags {
    static final Comparator<String> BY_NUMBER = Comparator.comparingInt(
                    (String rule) -> Integer.parseInt(rule.substring(1, rule.indexOf('.'))))
            .thenComparingInt(rule -> Integer.parseInt(rule.substring(rule.indexOf('.') + 1)));

    private static final Pattern TAG = Pattern.compile("@Tag\\(\"(R\\d+\\.\\d+)\"\\)");

    /** Comments, text blocks, strings and characters: their text is not code. */
    private static final Pattern NO_CODE = Pattern.compile(
            "/\\*.*?\\*/|//[^\\n]*|\"\"\".*?\"\"\"|\"(?:[^\"\\\\\\n]|\\\\.)*\"|'(?:[^'\\\\\\n]|\\\\.)+'",
            Pattern.DOTALL);

    /** The annotations of a class or a method, followed by its name. */
    private static final Pattern ANNOTATED = Pattern.compile("((?:@[\\w.]+(?:\\((?:[^()]|\\([^()]*\\))*\\))?\\s+)+)"
            + "(?:(?:public|private|protected|static|final|abstract)\\s+)*"
            + "(?:(class)\\s+(\\w+)|[\\w.<>\\[\\], ?&@]+?\\s(\\w+)\\s*\\()");

    private static final Pattern IS_TEST =
            Pattern.compile("@(?:Test|TestFactory|ParameterizedTest|RepeatedTest|Property|Example)\\b");

    private RuleTags() {}

    /** Returns the tests of the project by rule, each as {@code Class.method}. */
    static Map<String, Set<String>> ofProject() {
        Map<String, Set<String>> tests = new TreeMap<>(BY_NUMBER);
        Project.testSources()
                .forEach(file -> of(Project.read(file))
                        .forEach((rule, named) -> tests.computeIfAbsent(rule, key -> new TreeSet<>())
                                .addAll(named)));
        return tests;
    }

    /** Returns the tests of one source file, grouped by rule. A tag on a class counts for each of its tests. */
    static Map<String, Set<String>> of(String source) {
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

    /** Returns a source without its comments and strings; the strings of rule tags remain. */
    private static String code(String source) {
        return NO_CODE.matcher(source)
                .replaceAll(found -> found.group().matches("\"R\\d+\\.\\d+\"") ? found.group() : " ");
    }
}
