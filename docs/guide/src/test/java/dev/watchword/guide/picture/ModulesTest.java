package dev.watchword.guide.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** The picture of the architecture shows what the POMs and the README's table of modules say. */
class ModulesTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final Pattern ROW = Pattern.compile("\\| `(otp-[\\w-]+)` \\| .* \\| (.+) \\|");
    private static final Pattern LIBRARY = Pattern.compile("otp-[\\w-]+");

    @Test
    void thePomsSayWhatTheReadmeSays() throws Exception {
        Map<String, List<String>> table = new TreeMap<>();
        for (String line : Files.readAllLines(ROOT.resolve("README.md"))) {
            ROW.matcher(line)
                    .results()
                    .forEach(row -> table.put(
                            row.group(1),
                            LIBRARY.matcher(row.group(2))
                                    .results()
                                    .map(found -> found.group())
                                    .toList()));
        }

        assertEquals(4, table.size());
        assertEquals(table, Modules.read(ROOT).uses());
    }

    @Test
    void thePictureHasTheModulesAndTheirArrows() throws Exception {
        Modules modules = Modules.read(ROOT);

        Drawn picture = new Drawn(ModulePicture.draw(modules));

        assertEquals(List.copyOf(modules.uses().keySet()), picture.tips("library"));
        assertEquals(
                List.of("otp-jdbc → otp-lifecycle", "otp-lifecycle → otp-core", "otp-spring-boot-starter → otp-jdbc"),
                picture.tips("edge"));
    }

    @Test
    void anArrowLeadsFromItsLibraryToTheOneThatItUses() throws Exception {
        Drawn picture = new Drawn(ModulePicture.draw(
                new Modules(Map.of("otp-jdbc", List.of("otp-lifecycle"), "otp-lifecycle", List.of()))));
        Element from = Drawn.first(picture.all("g", "library").get(0), "rect");
        Element to = Drawn.first(picture.all("g", "library").get(1), "rect");

        String path = Drawn.first(picture.all("g", "edge").get(0), "path").getAttribute("d");

        double start = Drawn.number(from, "y") + Drawn.number(from, "height");
        assertEquals("M390 " + Svg.number(start) + "V" + Svg.number(Drawn.number(to, "y") - 2), path);
    }

    @Test
    void anUnknownLibraryIsRefused() {
        assertRefused(
                "The picture has no place for the library otp-cloud. Add one to ModulePicture.",
                Map.of("otp-cloud", List.of()));
    }

    @Test
    void anArrowPastALibraryIsRefused() {
        assertRefused(
                "The picture has no place for an arrow from otp-jdbc to otp-core. Add one to ModulePicture.",
                Map.of("otp-jdbc", List.of("otp-core"), "otp-core", List.of()));
    }

    private static void assertRefused(String message, Map<String, List<String>> uses) {
        assertEquals(
                message,
                assertThrows(PictureException.class, () -> ModulePicture.draw(new Modules(uses)))
                        .getMessage());
    }
}
