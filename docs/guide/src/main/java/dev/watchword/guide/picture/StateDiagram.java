package dev.watchword.guide.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The edges of a state diagram in Mermaid's notation.
 *
 * @param edges the edges in the order of the text
 */
public record StateDiagram(List<Edge> edges) {
    /** The first line of such a diagram. */
    private static final String HEAD = "stateDiagram-v2";

    private static final Pattern EDGE = Pattern.compile("(\\[\\*]|\\w+) --> (\\w+)(?:: (.+))?");

    /** Copies the list. */
    public StateDiagram {
        edges = List.copyOf(edges);
    }

    /**
     * An edge.
     *
     * @param from the name of a state, or {@code [*]} for the start
     * @param to the name of a state
     * @param label the text at the edge; it can be empty
     */
    public record Edge(String from, String to, String label) {
        /** Returns the ends as Mermaid writes them. */
        String ends() {
            return from + " --> " + to;
        }

        /** Returns the edge as Mermaid writes it. */
        @Override
        public String toString() {
            return label.isEmpty() ? ends() : ends() + ": " + label;
        }
    }

    /**
     * Reads a diagram.
     *
     * @throws PictureException if a line is not an edge
     */
    public static StateDiagram parse(String mermaid) {
        List<String> lines = mermaid.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        if (lines.isEmpty() || !lines.get(0).equals(HEAD)) {
            throw new PictureException("The guide draws Mermaid diagrams that begin with " + HEAD + " only.");
        }
        List<Edge> edges = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            Matcher edge = EDGE.matcher(line);
            if (!edge.matches()) {
                throw new PictureException("The guide cannot read this line of the state diagram: " + line);
            }
            edges.add(new Edge(edge.group(1), edge.group(2), edge.group(3) == null ? "" : edge.group(3)));
        }
        return new StateDiagram(edges);
    }
}
