package dev.watchword.otp.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The metadata in the jar names everything that the library loads by name, for native images. */
class NativeMetadataTest {
    private static final String METADATA = "/META-INF/native-image/dev.watchword/otp-jdbc/reachability-metadata.json";

    private static final Pattern CALL =
            Pattern.compile("\"type\": \"([^\"]+)\",\\s*\"methods\": \\[\\{ \"name\": \"([^\"]+)\"");

    /** In the source: the type of a driver, and the names of the methods that are called. */
    private static final Pattern NAMED =
            Pattern.compile("\\w+\\(\"(org\\.[\\w.]+)\"\\) \\{|\"(get\\w+|is\\w+|has\\w+)\"\\)");

    private static String metadata() throws IOException {
        try (InputStream in = NativeMetadataTest.class.getResourceAsStream(METADATA)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<MatchResult> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().toList();
    }

    @Test
    void namesEveryResource() throws IOException {
        List<PathMatcher> globs = found(Pattern.compile("\"glob\": \"([^\"]+)\""), metadata()).stream()
                .map(glob -> FileSystems.getDefault().getPathMatcher("glob:" + glob.group(1)))
                .toList();
        Path root = Path.of("src", "main", "resources");
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> resources = files.filter(Files::isRegularFile)
                    .map(root::relativize)
                    .filter(file -> !file.startsWith(Path.of("META-INF", "native-image")))
                    .toList();
            assertFalse(resources.isEmpty());
            for (Path resource : resources) {
                assertTrue(
                        globs.stream().anyMatch(glob -> glob.matches(resource)),
                        () -> "the metadata lacks " + resource);
            }
        }
    }

    /** The types and methods of drivers that are found by name, as the source names them. */
    @Test
    void namesTheMethodsOfDriversThatAreCalledByName() throws IOException, ReflectiveOperationException {
        List<MatchResult> calls = found(CALL, metadata());
        for (MatchResult call : calls) {
            assertEquals(
                    0, Class.forName(call.group(1)).getMethod(call.group(2)).getParameterCount());
        }
        String source = Files.readString(
                Path.of("src", "main", "java", "dev", "watchword", "otp", "jdbc", "OpenTransactions.java"));
        Set<String> named = found(NAMED, source).stream()
                .map(name -> name.group(1) == null ? name.group(2) : name.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(named.containsAll(Set.of("org.postgresql.jdbc.PgConnection", "hasPendingTransaction")));
        Set<String> inMetadata = calls.stream()
                .flatMap(call -> Stream.of(call.group(1), call.group(2)))
                .collect(Collectors.toCollection(TreeSet::new));
        named.removeAll(inMetadata);
        assertEquals(Set.of(), named);
    }
}
