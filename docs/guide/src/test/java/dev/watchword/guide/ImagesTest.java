package dev.watchword.guide;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagesTest {
    private static final String COMMITTED = "docs/guide/screens/transfer-en.png";
    private static final String FRESH = "docs/demo-bank/target/screens/transfer-en.png";

    @TempDir
    Path root;

    private SmallProject showing(String image) {
        return new SmallProject(root).document("docs/recipes/a.md", "# A\n\n" + image + "\n");
    }

    private SmallProject showingTheScreen() {
        return showing("![A transfer](../guide/screens/transfer-en.png)");
    }

    @Test
    void aCommittedScreenshotIsShownWithItsSize() {
        byte[] picture = SmallProject.png(390, 844);
        var site = showingTheScreen().file(COMMITTED, picture).site();

        assertArrayEquals(picture, site.get("screens/transfer-en.png"));
        String page = SmallProject.page(site, "recipes/a.html");
        assertTrue(
                page.contains("<p><a href=\"../screens/transfer-en.png\"><img src=\"../screens/transfer-en.png\""
                        + " alt=\"A transfer\" width=\"390\" height=\"844\" /></a></p>"),
                page);
    }

    @Test
    void aFreshScreenshotIsPreferred() {
        byte[] fresh = SmallProject.png(391, 845);
        var site = showingTheScreen()
                .file(COMMITTED, SmallProject.png(390, 844))
                .file(FRESH, fresh)
                .site();

        assertArrayEquals(fresh, site.get("screens/transfer-en.png"));
    }

    @Test
    void aFreshScreenshotIsEnough() {
        byte[] fresh = SmallProject.png(391, 845);

        assertArrayEquals(fresh, showingTheScreen().file(FRESH, fresh).site().get("screens/transfer-en.png"));
    }

    @Test
    void aMissingScreenshotIsNamed() {
        assertEquals(
                "docs/recipes/a.md: The image (../guide/screens/transfer-en.png) does not exist, and the demo bank has not"
                        + " made it.",
                showingTheScreen().problems());
    }

    @Test
    void anotherMissingImageIsNamed() {
        assertEquals(
                "docs/recipes/a.md: The image (https://example.org/a.png) does not exist.",
                showing("![A](https://example.org/a.png)").problems());
    }

    @Test
    void anImageNeedsADescription() {
        assertEquals(
                "docs/recipes/a.md: The image (../guide/screens/transfer-en.png) has no description.",
                showing("![](../guide/screens/transfer-en.png)")
                        .file(COMMITTED, SmallProject.png(1, 1))
                        .problems());
    }

    @Test
    void anImageMustBeAPng() {
        assertEquals(
                "docs/recipes/a.md: The image (../guide/screens/transfer-en.png) is no PNG.",
                showingTheScreen().file(COMMITTED, "<svg>this is no PNG</svg>").problems());
    }
}
