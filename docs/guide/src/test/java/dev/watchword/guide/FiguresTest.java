package dev.watchword.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FiguresTest {
    @TempDir
    Path root;

    private SmallProject project(String markdown) {
        return new SmallProject(root).document("docs/a.md", "# A\n\n" + markdown + "\n");
    }

    private static String mermaid(String edges) {
        return "```mermaid\nstateDiagram-v2\n    " + edges + "\n```";
    }

    @Test
    void aMermaidListingBecomesAPicture() {
        String page = project(mermaid("ISSUED --> ACTIVE: activate")).page("a.html");

        assertTrue(page.contains("<figure class=\"scroll\" tabindex=\"0\">\n<svg id=\"states\" role=\"img\""), page);
        assertFalse(page.contains("stateDiagram"), page);
    }

    @Test
    void aDiagramThatCannotBeDrawnIsNamed() {
        assertEquals(
                "docs/a.md: The picture has no place for the state LOST. Add one to StateRoutes.",
                project(mermaid("ISSUED --> LOST: lose")).problems());
    }

    @Test
    void anotherKindOfDiagramIsNamed() {
        assertEquals(
                "docs/a.md: The guide draws Mermaid diagrams that begin with stateDiagram-v2 only.",
                project("```mermaid\ngraph TD\n```").problems());
    }

    @Test
    void anUnknownFigureIsNamed() {
        assertEquals(
                "docs/a.md: There is no figure \"stars\"; use modules or benchmarks.",
                project("<!-- figure: stars -->").problems());
    }

    @Test
    void aFigureWithTooManyWordsIsNamed() {
        assertEquals(
                "docs/a.md: figures/a.json figures/b.json does not exist.",
                project("<!-- figure: benchmarks figures/a.json figures/b.json -->")
                        .problems());
    }

    @Test
    void aFigureOfMissingMeasurementsIsNamed() {
        assertEquals(
                "docs/a.md: figures/no.json does not exist.",
                project("<!-- figure: benchmarks figures/no.json -->").problems());
    }
}
