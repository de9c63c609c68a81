package dev.watchword.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinksTest {
    @TempDir
    Path root;

    private SmallProject project() {
        return new SmallProject(root.resolve("project"))
                .file("../outside.md", "# Outside of the project\n")
                .document("README.md", "# Read me\n\n## For test authors\n")
                .file("docs/code/Some.java", "")
                .file("otp-core/README.md", "# Not in the guide\n");
    }

    @ParameterizedTest
    @CsvSource({
        "../../README.md, ../readme.html",
        "../../README.md#for-test-authors, ../readme.html#for-test-authors",
        "../guide/index.md, ../index.html",
        "#here, #here",
        "four-eyes.md#here, ../recipes/four-eyes.html#here",
        "https://example.org/a.md#b, https://example.org/a.md#b",
    })
    void aLinkLeadsToThePage(String link, String address) {
        String page = project()
                .document("docs/recipes/four-eyes.md", "# Four eyes\n\n## Here\n\n[link](" + link + ")\n")
                .page("recipes/four-eyes.html");

        assertTrue(page.contains("<a href=\"" + address + "\">link</a>"), page);
    }

    @ParameterizedTest
    @CsvSource({
        "b.md, leads to no file",
        "../../outside.md, leads to no file",
        "/README.md, leads to no file",
        "//example.org, leads to no file",
        "../README.md#no-such, leads to an anchor that README.md does not have",
        "#no-such, leads to an anchor that docs/a.md does not have",
        "code/Some.java#L1, leads to an anchor of a file that is no page of the guide",
        "javascript:alert(1), 'has a scheme other than https, http and mailto'",
        "<a b>, is no address",
    })
    void aBrokenLinkIsNamed(String link, String why) {
        String problems =
                project().document("docs/a.md", "# A\n\n[link](" + link + ")\n").problems();

        assertEquals("docs/a.md: The link (" + link.replaceAll("[<>]", "") + ") " + why + ".", problems);
    }

    @Test
    void allBrokenLinksAreNamedAtOnce() {
        String problems =
                project().document("docs/a.md", "# A\n\n[b](b.md), [c](c.md)\n").problems();

        assertEquals(2, problems.lines().count(), problems);
    }

    @Test
    void aSourceFileIsNamedIfNoAddressIsKnown() {
        String page = project()
                .document(
                        "docs/a.md",
                        "# A\n\n[The *code*](code/Some.java) and [docs/code](code), [x](../otp-core/README.md).\n")
                .page("a.html");

        assertTrue(
                page.contains(
                        "<p>The <em>code</em> (<code class=\"short\">docs/code/Some.java</code>) and "
                                + "<code class=\"short\">docs/code</code>, x (<code class=\"short\">otp-core/README.md</code>).</p>"),
                page);
    }

    @Test
    void aSourceFileIsALinkIfAnAddressIsKnown() {
        String page = SmallProject.page(
                project()
                        .document("docs/a.md", "# A\n\n[The code](code/Some.java)\n")
                        .site("https://example.org/tree/"),
                "a.html");

        assertTrue(page.contains("<a href=\"https://example.org/tree/docs/code/Some.java\">The code</a>"), page);
    }

    @Test
    void measuredFiguresAreInTheGuide() {
        var site = project()
                .file("docs/figures/b.json", "[]")
                .document("docs/recipes/a.md", "# A\n\n[b](../figures/b.json)\n")
                .site();

        assertTrue(SmallProject.page(site, "recipes/a.html").contains("<a href=\"../figures/b.json\">b</a>"));
        assertEquals("[]", SmallProject.page(site, "figures/b.json"));
    }

    @Test
    void anAnchorOfRepeatedHeadingsIsAmbiguous() {
        String versions = "# Changes\n\n## 2\n\n### Security\n\n## 1\n\n### Security\n";
        SmallProject project = project().document("CHANGELOG.md", versions);
        assertTrue(project.page("changelog.html").contains("<h3 id=\"security-1\">"));

        String problems = project.document("docs/a.md", "# A\n\n[s](../CHANGELOG.md#security-1)\n")
                .problems();

        assertEquals(
                "docs/a.md: The link (../CHANGELOG.md#security-1) is ambiguous, because CHANGELOG.md has several headings"
                        + " with this text.",
                problems);
    }

    @Test
    void twoHeadingsOfOneSectionMustDiffer() {
        String problems = project()
                .document("docs/a.md", "# A\n\n## B\n\n### C\n\n## b!\n")
                .problems();

        assertEquals("docs/a.md: Two headings of one section have the anchor #b. Rename \"b!\".", problems);
    }
}
