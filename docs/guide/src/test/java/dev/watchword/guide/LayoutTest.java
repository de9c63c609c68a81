package dev.watchword.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayoutTest {
    private static final String SECTIONS = "\n## B\n\n### C\n\n## D\n\n## E\n";

    @TempDir
    Path root;

    private String page(String markdown) {
        return new SmallProject(root).document("docs/a.md", markdown).page("a.html");
    }

    @Test
    void aLongPageHasATableOfItsSections() {
        assertTrue(page("# A\n" + SECTIONS).contains("""
                <h1 id="a">A</h1>
                <nav class="sections" aria-label="Sections">
                <p>On this page</p>
                <ul>
                <li class="level-2"><a href="#b">B</a></li>
                <li class="level-3"><a href="#c">C</a></li>
                <li class="level-2"><a href="#d">D</a></li>
                <li class="level-2"><a href="#e">E</a></li>
                </ul>
                </nav>
                """));
    }

    @Test
    void aShortPageHasNoTable() {
        assertFalse(page("# A\n\n## B\n\n## C\n\n## D\n").contains("class=\"sections\""));
    }

    @Test
    void aPageThatListsItsSectionsHasNoSecondTable() {
        assertFalse(page("# A\n\n- [B](#b)\n- [D](#d)\n" + SECTIONS).contains("class=\"sections\""));
    }

    @Test
    void anEmptyListIsNoTable() {
        assertTrue(page("# A\n\n-\n" + SECTIONS).contains("class=\"sections\""));
    }

    @Test
    void aPageThatBeginsWithAnotherListHasATable() {
        assertTrue(page("# A\n\n- text\n" + SECTIONS).contains("class=\"sections\""));
        assertTrue(page("# A\n\n- [Start](guide/index.md)\n" + SECTIONS).contains("class=\"sections\""));
    }

    @Test
    void onlyShortCodeStaysOnOneLine() {
        String page = page("# A\n\n`mvn -q -Pdemo` and `mvn -q -pl docs/quickstart -am -Dquickstart`\n");
        assertTrue(page.contains("<code class=\"short\">mvn -q -Pdemo</code>"), page);
        assertTrue(page.contains("<code>mvn -q -pl docs/quickstart -am -Dquickstart</code>"), page);
    }

    @Test
    void theNavigationHasTheGroups() {
        String page = new SmallProject(root)
                .document("docs/recipes/a.md", "# A & B\n")
                .page("recipes/a.html");

        assertTrue(page.contains("""
                <p>Readers</p>
                <ul>
                <li><a href="../index.html">Start</a></li>
                <li><a href="../recipes/a.html" aria-current="page">A &amp; B</a></li>
                </ul>
                """));
    }

    @Test
    void aWideTableCanBeScrolled() {
        String page = page("# A\n\n| b |\n|---|\n| c |\n");

        assertTrue(page.contains("<div class=\"scroll\" tabindex=\"0\">\n<table>"), page);
        assertTrue(page.contains("</table>\n</div>\n"), page);
    }

    @Test
    void aNameInATableCanBreak() {
        String page = page("# A\n\nIn B.cDeFg, 1.5.\n\n| b |\n|---|\n| SomeTest.aTestOfSQL, 1.5. `A.b` |\n");

        assertTrue(
                page.contains("<td>SomeTest.<wbr>a<wbr>Test<wbr>OfSQL, 1.5. <code class=\"short\">A.b</code></td>"),
                page);
        assertTrue(page.contains("<p>In B.cDeFg, 1.5.</p>"), page);
    }

    @Test
    void twoDocumentsWithOnePageAreNamed() {
        assertEquals(
                "docs/a.md: Another page of the guide is also a.html.",
                new SmallProject(root)
                        .document("a.md", "# A\n")
                        .document("docs/a.md", "# A\n")
                        .problems());
    }
}
