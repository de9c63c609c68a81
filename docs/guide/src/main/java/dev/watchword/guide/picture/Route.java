package dev.watchword.guide.picture;

import java.util.List;

/**
 * The fixed place of an edge and of its label in a picture.
 *
 * @param ends the states at both ends, as {@link StateDiagram.Edge#ends()} writes them
 * @param path the line, in the notation of SVG
 * @param x the position of the label
 * @param y the baseline of its first line, or of its last line if it grows upwards
 * @param align the side of the label at x
 * @param up whether more lines of the label take room above it
 * @param characters the room in a line
 * @param lines the room in lines
 */
record Route(String ends, String path, int x, int y, Svg.Align align, boolean up, int characters, int lines) {
    void draw(StateDiagram.Edge edge, Svg svg) {
        List<String> label = Label.wrapped(edge.label(), characters);
        if (label.size() > lines) {
            throw new PictureException("The label of " + ends + " needs " + label.size()
                    + " lines, and the picture has room for " + lines + ". Give it more room in StateRoutes.");
        }
        svg.open("edge", edge.toString()).arrow("line", path);
        svg.text("label", x, up ? y - (label.size() - 1) * Svg.LINE : y, align, label)
                .close();
    }
}
