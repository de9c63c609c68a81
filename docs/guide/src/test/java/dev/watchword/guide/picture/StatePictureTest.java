package dev.watchword.guide.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.guide.picture.StateDiagram.Edge;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class StatePictureTest {
    private static final Pattern MERMAID = Pattern.compile("```mermaid\n(.*?)```", Pattern.DOTALL);

    private static String page() throws Exception {
        Matcher mermaid = MERMAID.matcher(Files.readString(Path.of("../states.md")));
        assertTrue(mermaid.find());
        return mermaid.group(1);
    }

    private static String message(String edges) {
        return String.valueOf(assertThrows(
                        PictureException.class,
                        () -> StatePicture.draw(StateDiagram.parse("stateDiagram-v2\n" + edges)))
                .getMessage());
    }

    @Test
    void everyLineOfThePageIsAnEdgeOfThePicture() throws Exception {
        List<String> lines = page().lines().skip(1).map(String::strip).toList();

        assertEquals(12, lines.size());
        assertEquals(lines, new Drawn(StatePicture.draw(StateDiagram.parse(page()))).tips("edge"));
    }

    @Test
    void everyEdgeShowsItsWholeLabel() throws Exception {
        StateDiagram diagram = StateDiagram.parse(page());

        List<Element> edges = new Drawn(StatePicture.draw(diagram)).all("g", "edge");

        assertEquals(
                diagram.edges().stream().map(Edge::label).toList(),
                edges.stream().map(edge -> String.join(" ", Drawn.texts(edge))).toList());
    }

    @Test
    void everyStateIsABox() throws Exception {
        Drawn picture = new Drawn(StatePicture.draw(StateDiagram.parse(page())));

        assertEquals(4, picture.all("rect", "box").size());
        assertEquals(
                Set.of("UNREGISTERED", "ISSUED", "ACTIVE", "REVOKED"),
                picture.all("text", "name").stream()
                        .map(Element::getTextContent)
                        .collect(Collectors.toSet()));
    }

    @Test
    void noPlaceIsLeftOver() throws Exception {
        Set<String> ends = new TreeSet<>();
        StateDiagram.parse(page()).edges().forEach(edge -> ends.add(edge.ends()));

        assertEquals(ends, StateRoutes.EDGES.stream().map(Route::ends).collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void anUnknownStateIsRefused() {
        assertEquals(
                "The picture has no place for the state LOST. Add one to StateRoutes.",
                message("ACTIVE --> LOST: lose"));
    }

    @Test
    void anUnknownEdgeIsRefused() {
        assertEquals(
                "The picture has no place for the edge ACTIVE --> ISSUED: undo. Add one to StateRoutes.",
                message("ACTIVE --> ISSUED: undo"));
    }

    @Test
    void aSecondEdgeInOnePlaceIsRefused() {
        assertEquals(
                "The picture has no place for the edge ISSUED --> ACTIVE: b. Add one to StateRoutes.",
                message("ISSUED --> ACTIVE: a\nISSUED --> ACTIVE: b"));
    }

    @Test
    void aLabelWithoutRoomIsRefused() {
        assertEquals(
                "The label of UNREGISTERED --> ACTIVE needs 3 lines, and the picture has room for 2. Give it more room in"
                        + " StateRoutes.",
                message("UNREGISTERED --> ACTIVE: take over once, take over twice, take over again"));
    }

    @Test
    void anotherLineIsRefused() {
        assertEquals(
                "The guide cannot read this line of the state diagram: note right of ACTIVE",
                message("ISSUED --> ACTIVE\nnote right of ACTIVE"));
    }
}
