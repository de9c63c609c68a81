package dev.watchword.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The reader of prose finds every sentence with its line, and takes no code for one. */
class ProseReaderTest {
    private static final Path FILE = Project.ROOT.resolve("x");

    @Test
    void readsTheCommentsOfASource() {
        String source = """
                /**
                 * A code of {@code 8} digits. It is
                 * <em>fresh</em>.
                 * <pre>Not. Prose.</pre>
                 *
                 * <p>Second paragraph
                 * @param code the code; may be {@link Code empty}
                 */
                class A {
                    String s = "// no comment. None.";
                    // One line.
                    // Another line, e.g. with R1.2 in it.
                    int i = '"'; /* Last. */
                }
                """;

        assertEquals(
                List.of(
                        "x:2: A code of 8 digits.",
                        "x:2: It is fresh.",
                        "x:6: Second paragraph",
                        "x:7: the code; may be Code empty",
                        "x:11: One line.",
                        "x:11: Another line, e.g. with R1.2 in it.",
                        "x:13: Last."),
                Prose.ofComments(FILE, source).stream().map(Sentence::toString).toList());
    }

    @Test
    void readsTheTextOfAPage() {
        String page = """
                # Title. Not prose
                **Bold.** A sentence
                over two lines. `Code` starts one.
                - An item
                - Another
                ```java
                // Not prose.
                ```
                | a cell | one. Two. |
                |---|---|
                """;

        assertEquals(
                List.of(
                        "x:2: Bold.",
                        "x:2: A sentence over two lines.",
                        "x:2: Code` starts one.",
                        "x:4: An item",
                        "x:5: Another",
                        "x:9: a cell",
                        "x:9: one.",
                        "x:9: Two."),
                Prose.ofPage(FILE, page).stream().map(Sentence::toString).toList());
    }
}
