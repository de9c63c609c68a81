package dev.watchword.guide.picture;

import dev.watchword.guide.picture.StateDiagram.Edge;
import dev.watchword.guide.picture.StateRoutes.Point;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The picture of the states. Each state and each edge has a fixed place, and the diagram tells which of them exist. */
public final class StatePicture {
    private StatePicture() {}

    /**
     * Draws a diagram.
     *
     * @throws PictureException if a state or an edge has no place
     */
    public static String draw(StateDiagram diagram) {
        Svg svg = new Svg(
                "states",
                StateRoutes.WIDTH,
                StateRoutes.HEIGHT,
                "The states of a holder, and the actions between them",
                diagram.edges().stream().map(Edge::toString).collect(Collectors.joining(". ", "", ".")));
        Set<String> states = new LinkedHashSet<>();
        diagram.edges().forEach(edge -> states.addAll(List.of(edge.from(), edge.to())));
        states.forEach(state -> draw(state, svg));

        Map<String, Route> free = new HashMap<>();
        StateRoutes.EDGES.forEach(route -> free.put(route.ends(), route));
        for (Edge edge : diagram.edges()) {
            Route route = free.remove(edge.ends());
            if (route == null) {
                throw new PictureException(
                        "The picture has no place for the edge " + edge + ". Add one to StateRoutes.");
            }
            route.draw(edge, svg);
        }
        return svg.end();
    }

    private static void draw(String state, Svg svg) {
        Point centre = StateRoutes.STATES.get(state);
        if (centre == null) {
            throw new PictureException("The picture has no place for the state " + state + ". Add one to StateRoutes.");
        }
        if (state.equals(StateRoutes.START_DOT)) {
            svg.circle("dot", centre.x(), centre.y(), 9);
            return;
        }
        int left = centre.x() - StateRoutes.BOX_WIDTH / 2;
        int top = centre.y() - StateRoutes.BOX_HEIGHT / 2;
        svg.box("box", left, top, StateRoutes.BOX_WIDTH, StateRoutes.BOX_HEIGHT, 24);
        svg.text("name", centre.x(), centre.y() + 5, Svg.Align.MIDDLE, List.of(state));
    }
}
