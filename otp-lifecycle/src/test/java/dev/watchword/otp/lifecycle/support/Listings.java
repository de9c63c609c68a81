package dev.watchword.otp.lifecycle.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The listings of a page. They are the regions of the source of a test, so they compile and run. */
public final class Listings {
    private static final Pattern REGION = Pattern.compile(" *// region\n(.*?)\n *// end\n", Pattern.DOTALL);
    private static final Pattern LISTING = Pattern.compile("```java\n(.*?)\n```\n", Pattern.DOTALL);

    private Listings() {}

    /** Asserts that the listings of a page are the regions of a test, in their order. */
    public static void assertRegionsOf(Class<?> test, String page) {
        Path source = Path.of("src/test/java", test.getName().replace('.', '/') + ".java");
        List<String> regions =
                found(REGION, source).stream().map(String::stripIndent).toList();

        assertFalse(regions.isEmpty(), "regions of " + test.getSimpleName());
        assertEquals(regions, found(LISTING, Path.of("../docs", page)));
    }

    private static List<String> found(Pattern pattern, Path file) {
        try {
            return pattern.matcher(Files.readString(file))
                    .results()
                    .map(result -> result.group(1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
