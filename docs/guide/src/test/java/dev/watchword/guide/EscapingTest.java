package dev.watchword.guide;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTML in a document is text on its page. */
class EscapingTest {
    private static final String SCRIPT = "<script>alert(1)</script>";
    private static final String ESCAPED = "&lt;script&gt;alert(1)&lt;/script&gt;";

    @TempDir
    Path root;

    private String page(String markdown) {
        return new SmallProject(root).document("docs/a.md", markdown).page("a.html");
    }

    private static void assertEscaped(String page, String expected) {
        assertFalse(page.contains("<script"), page);
        assertTrue(page.contains(expected), page);
    }

    @Test
    void inAParagraph() {
        assertEscaped(page("# A\n\nText " + SCRIPT + " text.\n"), "<p>Text " + ESCAPED + " text.</p>");
    }

    @Test
    void asABlock() {
        assertEscaped(page("# A\n\n" + SCRIPT + "\n"), "<p>" + ESCAPED + "</p>");
    }

    @Test
    void inCode() {
        assertEscaped(page("# A\n\nText `" + SCRIPT + "`\n"), "<code>" + ESCAPED + "</code>");
    }

    @Test
    void inAListing() {
        assertEscaped(
                page("# A\n\n```java\n" + SCRIPT + "\n```\n"),
                "<pre tabindex=\"0\"><code class=\"language-java\">" + ESCAPED + "\n</code></pre>");
    }

    @Test
    void inATable() {
        assertEscaped(page("# A\n\n| b |\n|---|\n| " + SCRIPT + " |\n"), "<td>" + ESCAPED + "</td>");
    }

    @Test
    void inTheTitleAndTheNavigation() {
        String page = page("# A `" + SCRIPT + "`\n");

        assertEscaped(page, "<title>A " + ESCAPED + " – Watchword</title>");
        assertEscaped(page, "aria-current=\"page\">A " + ESCAPED + "</a>");
    }

    @Test
    void inTheTableOfSections() {
        assertEscaped(
                page("# A\n\n## `" + SCRIPT + "`\n\n## B\n\n## C\n\n## D\n"),
                "<li class=\"level-2\"><a href=\"#scriptalert1script\">" + ESCAPED + "</a></li>");
    }

    @Test
    void aCommentDisappears() {
        String page = page("# A\n\n<!-- secret -->\n\nText<!-- secret --> text.\n");

        assertFalse(page.contains("secret"), page);
        assertTrue(page.contains("<p>Text text.</p>"), page);
    }
}
