package dev.watchword.otp.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The code listings of a documentation page, and the regions of a test source that they show. */
public final class Listings {
    private static final Pattern REGION = Pattern.compile(" *// region\n(.*?)\n *// end\n", Pattern.DOTALL);
    private static final Pattern LISTING = Pattern.compile("```java\n(.*?)\n```\n", Pattern.DOTALL);

    private Listings() {}

    /** Returns the regions of a source file in their order, without their common indentation. */
    public static List<String> ofSource(Path source) throws IOException {
        return found(REGION, source).stream().map(String::stripIndent).toList();
    }

    /** Returns the Java listings of a Markdown page in their order. */
    public static List<String> ofPage(Path page) throws IOException {
        return found(LISTING, page);
    }

    private static List<String> found(Pattern pattern, Path file) throws IOException {
        return pattern.matcher(Files.readString(file))
                .results()
                .map(result -> result.group(1))
                .toList();
    }
}
