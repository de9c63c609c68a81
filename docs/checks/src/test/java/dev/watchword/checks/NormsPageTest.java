package dev.watchword.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every test that the page of norms names as its evidence exists in some module. */
class NormsPageTest {
    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|Properties))\\.(\\w+)`");

    @Test
    void everyTestOnThePageExists() {
        List<MatchResult> named = NAMED.matcher(Project.read(Project.ROOT.resolve("docs/norms.md")))
                .results()
                .toList();
        List<Path> sources = Project.testSources();
        List<String> missing = new ArrayList<>();
        for (MatchResult name : named) {
            if (!exists(sources, name.group(1) + ".java", name.group(2))) {
                missing.add(name.group());
            }
        }

        assertFalse(named.isEmpty());
        assertEquals(List.of(), missing);
    }

    private static boolean exists(List<Path> sources, String file, String method) {
        Pattern test = Pattern.compile(
                "@(?:Test|ParameterizedTest|TestFactory|Property)\\b[^;]*?(?:void|boolean|>) " + method + "\\(");
        return sources.stream()
                .anyMatch(source -> source.endsWith(file)
                        && test.matcher(withoutInnerSemicolons(Project.read(source)))
                                .find());
    }

    /** Only a semicolon at the end of a line ends a statement; the text of an annotation can have others. */
    private static String withoutInnerSemicolons(String source) {
        return source.replaceAll(";(?! *\\R)", ",");
    }
}
