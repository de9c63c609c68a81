package dev.watchword.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentsTest {
    @TempDir
    Path root;

    @Test
    void aDocumentWithoutAGroupIsNamed() {
        SmallProject project = new SmallProject(root)
                .file("docs/a.md", "# A\n")
                .file("docs/recipes/b.md", "# B\n")
                .file("docs/module/pom.xml", "<project/>")
                .file("docs/module/README.md", "# A module\n");

        assertEquals(
                "docs/a.md: It is in no group of the guide. Add it to docs/guide/contents.txt.\n"
                        + "docs/recipes/b.md: It is in no group of the guide. Add it to docs/guide/contents.txt.",
                project.problems());
    }

    @Test
    void aDocumentInTwoGroupsIsNamed() {
        assertEquals(
                "docs/guide/contents.txt: docs/a.md is listed twice.",
                new SmallProject(root)
                        .document("docs/a.md", "# A\n")
                        .document("docs/a.md", "# A\n")
                        .problems());
    }

    @Test
    void aListedDocumentMustExist() {
        assertEquals(
                "docs/guide/contents.txt: docs/a.md does not exist.",
                new SmallProject(root)
                        .file(Contents.FILE, "Readers\n  docs/guide/index.md\n  docs/a.md\n")
                        .problems());
    }

    @Test
    void aDocumentMustFollowAGroup() {
        assertEquals(
                "docs/guide/contents.txt: docs/guide/index.md is before the first group.\n"
                        + "docs/guide/index.md: It is in no group of the guide. Add it to docs/guide/contents.txt.",
                new SmallProject(root)
                        .file(Contents.FILE, "# A comment\n\n  docs/guide/index.md\nReaders\n")
                        .problems());
    }

    @Test
    void aDocumentNeedsOneTitle() {
        assertEquals(
                "docs/a.md: It needs exactly one heading of the first level, which is its title.",
                new SmallProject(root).document("docs/a.md", "## A\n").problems());
    }
}
