package dev.watchword.guide.picture;

import static dev.watchword.guide.picture.Svg.Align.END;
import static dev.watchword.guide.picture.Svg.Align.MIDDLE;
import static dev.watchword.guide.picture.Svg.Align.START;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The picture of the architecture: the libraries in a column, and the application, the app, the database and the keys
 * around them.
 */
public final class ModulePicture {
    private static final int WIDTH = 780;
    private static final int HEIGHT = 590;
    private static final int LEFT = 275;
    private static final int BOX_WIDTH = 230;
    private static final int BOX_HEIGHT = 56;
    private static final int MIDDLE_X = LEFT + BOX_WIDTH / 2;
    private static final int RIGHT = LEFT + BOX_WIDTH;

    /** The top of each library's box. A dependency is an arrow to the next box below. */
    private static final Map<String, Integer> TOPS =
            Map.of("otp-spring-boot-starter", 160, "otp-jdbc", 260, "otp-lifecycle", 360, "otp-core", 460);

    private static final Map<String, String> CONTENTS = Map.of(
            "otp-spring-boot-starter", "login step, beans, metrics",
            "otp-jdbc", "the store",
            "otp-lifecycle", "decisions, commits, history",
            "otp-core", "codes, secrets, the app's side");

    private ModulePicture() {}

    /**
     * Draws the libraries and their dependencies.
     *
     * @throws PictureException if a library or a dependency has no place
     */
    public static String draw(Modules modules) {
        Svg svg =
                new Svg("modules", WIDTH, HEIGHT, "The architecture of an application with Watchword", words(modules));
        surroundings(svg);
        modules.uses().keySet().forEach(library -> {
            int top = top(library);
            svg.open("library", library).box("box", LEFT, top, BOX_WIDTH, BOX_HEIGHT, 6);
            svg.text("name", MIDDLE_X, top + 24, MIDDLE, List.of(library));
            svg.text("label", MIDDLE_X, top + 43, MIDDLE, List.of(CONTENTS.getOrDefault(library, "")));
            svg.close();
        });
        modules.uses().forEach((library, uses) -> uses.forEach(used -> dependency(library, used, svg)));
        return svg.end();
    }

    private static int top(String library) {
        Integer top = TOPS.get(library);
        if (top == null) {
            throw new PictureException(
                    "The picture has no place for the library " + library + ". Add one to ModulePicture.");
        }
        return top;
    }

    private static void dependency(String library, String used, Svg svg) {
        int from = top(library) + BOX_HEIGHT;
        int to = top(used);
        if (to - from != 100 - BOX_HEIGHT) {
            throw new PictureException("The picture has no place for an arrow from " + library + " to " + used
                    + ". Add one to ModulePicture.");
        }
        svg.open("edge", library + " → " + used)
                .arrow("line", "M" + MIDDLE_X + " " + from + "V" + (to - 2))
                .close();
    }

    private static void surroundings(Svg svg) {
        svg.box("frame", 251, 16, 278, 516, 10)
                .text("label", MIDDLE_X, 552, MIDDLE, List.of("the institution's server"));
        svg.box("outside", LEFT, 40, BOX_WIDTH, BOX_HEIGHT, 6);
        svg.text("name", MIDDLE_X, 73, MIDDLE, List.of("your application"));
        svg.arrow("line", "M" + MIDDLE_X + " 96V158")
                .text("label", MIDDLE_X + 10, 132, START, List.of("with Spring Boot"));
        svg.arrow("line", "M275 78H263V288H273").text("label", 243, 190, END, List.of("without", "Spring Boot"));

        svg.box("outside", 12, 40, 148, BOX_HEIGHT, 6).text("name", 86, 64, MIDDLE, List.of("the app"));
        svg.text("label", 86, 83, MIDDLE, List.of("on the phone"));
        svg.arrow("run", "M160 62H273").text("label", 205, 53, MIDDLE, List.of("your channel"));
        svg.arrow("line", "M86 96V488H273").text("label", 96, 478, START, List.of("contains a copy of"));

        svg.path("outside", "M620 270C620 256 768 256 768 270V310C768 324 620 324 620 310Z");
        svg.path("rim", "M620 270C620 284 768 284 768 270");
        svg.text("name", 694, 304, MIDDLE, List.of("the database"));
        svg.arrow("run", "M" + RIGHT + " 288H618").text("label", 538, 280, START, List.of("JDBC"));
        svg.box("outside", 620, 360, 148, BOX_HEIGHT, 6).text("name", 694, 384, MIDDLE, List.of("the key source"));
        svg.text("label", 694, 403, MIDDLE, List.of("a file, an HSM"));
        svg.arrow("run", "M" + RIGHT + " 388H618").text("label", 538, 380, START, List.of("KeySource"));

        svg.path("line", "M20 576H60").text("label", 68, 581, START, List.of("dependency"));
        svg.path("run", "M180 576H220").text("label", 228, 581, START, List.of("call at run time"));
    }

    private static String words(Modules modules) {
        return modules.uses().entrySet().stream()
                        .filter(entry -> !entry.getValue().isEmpty())
                        .map(entry -> entry.getKey() + " depends on " + String.join(", ", entry.getValue()) + ". ")
                        .collect(Collectors.joining())
                + "The application depends on otp-spring-boot-starter, or without Spring Boot on otp-jdbc. The store otp-jdbc"
                + " calls the database, and otp-lifecycle calls the key source. The app on the holder's phone contains a copy"
                + " of otp-core, and exchanges messages with the application.";
    }
}
