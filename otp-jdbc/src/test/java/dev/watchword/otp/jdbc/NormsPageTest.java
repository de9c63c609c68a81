package dev.watchword.otp.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of norms names the tests that show what it says, and each of them is there, in some module. */
class NormsPageTest {
    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|Properties))\\.(\\w+)`");

    @Test
    void everyTestThatItNamesIsThere() throws IOException {
        List<MatchResult> named = NAMED.matcher(Files.readString(Path.of("../docs/norms.md")))
                .results()
                .toList();
        List<Path> sources = testSources();
        List<String> missing = new ArrayList<>();
        for (MatchResult name : named) {
            if (!isThere(sources, name.group(1) + ".java", name.group(2))) {
                missing.add(name.group());
            }
        }

        assertFalse(named.isEmpty());
        assertEquals(List.of(), missing);
    }

    private static List<Path> testSources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String module : List.of("otp-core", "otp-lifecycle", "otp-jdbc", "otp-bench/jmh")) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "test", "java"))) {
                files.filter(Files::isRegularFile).forEach(sources::add);
            }
        }
        return sources;
    }

    private static boolean isThere(List<Path> sources, String file, String method) throws IOException {
        Pattern test = Pattern.compile(
                "@(?:Test|ParameterizedTest|TestFactory|Property)\\b[^;]*?(?:void|boolean|>) " + method + "\\(");
        for (Path source : sources) {
            if (source.endsWith(file) && test.matcher(Files.readString(source)).find()) {
                return true;
            }
        }
        return false;
    }
}
