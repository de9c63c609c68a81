package dev.watchword.guide.picture;

import static dev.watchword.guide.picture.Svg.Align.END;
import static dev.watchword.guide.picture.Svg.Align.MIDDLE;
import static dev.watchword.guide.picture.Svg.Align.START;
import static java.util.Map.entry;

import java.util.List;
import java.util.Map;

/** The places of the states and of their edges. No two edges cross. */
final class StateRoutes {
    static final int WIDTH = 780;
    static final int HEIGHT = 690;

    /** The name of the start, which is a dot. */
    static final String START_DOT = "[*]";

    static final int BOX_WIDTH = 140;
    static final int BOX_HEIGHT = 48;

    /**
     * A position in the picture.
     *
     * @param x the distance from the left
     * @param y the distance from the top
     */
    record Point(int x, int y) {}

    /** The centre of each state. */
    static final Map<String, Point> STATES = Map.ofEntries(
            entry(START_DOT, new Point(390, 40)),
            entry("UNREGISTERED", new Point(390, 150)),
            entry("ISSUED", new Point(130, 360)),
            entry("ACTIVE", new Point(640, 360)),
            entry("REVOKED", new Point(390, 570)));

    static final List<Route> EDGES = List.of(
            new Route("[*] --> UNREGISTERED", "M390 49V124", 400, 90, START, false, 20, 1),
            new Route("UNREGISTERED --> UNREGISTERED", "M320 140C250 110 250 190 318 160", 258, 136, END, false, 18, 3),
            new Route("UNREGISTERED --> ISSUED", "M355 174L172 334", 276, 266, START, false, 14, 2),
            new Route("UNREGISTERED --> ACTIVE", "M425 174L598 334", 500, 266, END, false, 14, 2),
            new Route("ISSUED --> ISSUED", "M90 336C60 270 150 270 126 334", 110, 270, MIDDLE, true, 26, 5),
            new Route("ACTIVE --> ACTIVE", "M650 336C620 270 710 270 686 334", 664, 270, MIDDLE, true, 32, 14),
            new Route("ISSUED --> ACTIVE", "M200 360H568", 384, 350, MIDDLE, true, 50, 2),
            new Route("ISSUED --> REVOKED", "M110 384L318 556", 190, 488, END, false, 24, 4),
            new Route("REVOKED --> ISSUED", "M362 546L172 386", 290, 466, START, false, 14, 2),
            new Route("REVOKED --> ACTIVE", "M418 546L598 386", 486, 466, END, false, 14, 2),
            new Route("ACTIVE --> REVOKED", "M660 384L462 556", 588, 488, START, false, 24, 4),
            new Route("REVOKED --> REVOKED", "M360 594C340 650 440 650 420 596", 390, 660, MIDDLE, false, 60, 2));

    private StateRoutes() {}
}
