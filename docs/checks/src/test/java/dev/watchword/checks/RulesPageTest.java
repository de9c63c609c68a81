package dev.watchword.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The page of rules names the principal tests of each rule and counts the others. {@code -Drules.write=true} writes its last
 * column.
 */
class RulesPageTest {
    private static final Path PAGE = Project.ROOT.resolve("docs/rules.md");

    private static final Pattern RULE = Pattern.compile("(?m)^\\| (R\\d+\\.\\d+) \\| ([^|]+) \\|");

    private final Map<String, Set<String>> tests = RuleTags.ofProject();

    private final Map<String, List<String>> principal = PrincipalTests.read();

    @Test
    void eachRuleHasATestThatNamesIt() {
        Set<String> rules = RULE.matcher(Project.read(PAGE))
                .results()
                .map((MatchResult rule) -> rule.group(1))
                .collect(Collectors.toCollection(() -> new TreeSet<>(RuleTags.BY_NUMBER)));

        assertEquals(rules, tests.keySet(), "the rules of the page, and the rules in the tags of tests");
    }

    @Test
    void eachRuleHasOneToThreePrincipalTestsWithItsTag() {
        List<String> wrong = new ArrayList<>();
        tests.forEach((rule, tagged) -> {
            List<String> named = principal.getOrDefault(rule, List.of());
            if (named.isEmpty() || named.size() > PrincipalTests.MOST || !tagged.containsAll(named)) {
                wrong.add(rule + ": " + named);
            }
        });

        assertEquals(List.of(), wrong, "principal-tests.txt must name one to three tests that carry the rule's tag");
        assertEquals(tests.keySet(), principal.keySet());
    }

    @Test
    void thePageNamesThePrincipalTestsAndCountsTheOthers() throws IOException {
        String made = Project.read(PAGE).lines().map(this::line).collect(Collectors.joining("\n", "", "\n"));
        if (Boolean.getBoolean("rules.write")) {
            Files.writeString(PAGE, made);
        }

        assertTrue(made.contains(" more |"));
        assertEquals(made, Project.read(PAGE), "run RulesPageTest with -Drules.write=true");
    }

    private String line(String line) {
        Matcher matcher = RULE.matcher(line);
        if (!matcher.find()) {
            return line;
        }
        String rule = matcher.group(1);
        List<String> named = principal.getOrDefault(rule, List.of());
        int others = tests.getOrDefault(rule, Set.of()).size() - named.size();
        return matcher.group() + " " + String.join(", ", named) + (others > 0 ? "; " + others + " more |" : " |");
    }
}
