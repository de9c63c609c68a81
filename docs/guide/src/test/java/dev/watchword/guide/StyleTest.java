package dev.watchword.guide;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every colour that carries meaning has a contrast of 4.5 to 1 (WCAG 2.2, 1.4.3), in the light and in the dark scheme and in print. */
class StyleTest {
    private static final Pattern SCHEME = Pattern.compile(":root \\{([^}]*--page[^}]*)}");
    private static final Pattern COLOUR = Pattern.compile("--(\\w+): (#[0-9a-f]{6});");
    private static final Set<String> BACKGROUNDS = Set.of("page", "panel");

    /** The lines of tables and of scales, which carry no meaning. */
    private static final Set<String> DECORATION = Set.of("rule");

    private static String style() throws IOException {
        try (InputStream style = StyleTest.class.getResourceAsStream("style.css")) {
            return new String(requireNonNull(style).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<Map<String, String>> schemes() throws IOException {
        return SCHEME.matcher(style())
                .results()
                .map(scheme -> {
                    Map<String, String> colours = new HashMap<>();
                    COLOUR.matcher(scheme.group(1))
                            .results()
                            .forEach(found -> colours.put(found.group(1), found.group(2)));
                    return colours;
                })
                .toList();
    }

    @Test
    void coloursHaveContrast() throws IOException {
        List<Map<String, String>> schemes = schemes();

        assertEquals(3, schemes.size());
        for (Map<String, String> colours : schemes) {
            assertEquals(schemes.get(0).keySet(), colours.keySet());
            colours.forEach((name, colour) -> {
                if (!BACKGROUNDS.contains(name) && !DECORATION.contains(name)) {
                    BACKGROUNDS.forEach(background -> {
                        double contrast = contrast(colour, requireNonNull(colours.get(background)));
                        assertTrue(contrast >= 4.5, name + " " + colour + " on " + background + ": " + contrast);
                    });
                }
            });
        }
    }

    @Test
    void everyColourIsOneOfTheScheme() throws IOException {
        String rules = SCHEME.matcher(style()).replaceAll("");

        assertEquals(
                List.of(),
                Pattern.compile("#[0-9a-f]{3,8}\\b|rgb|hsl")
                        .matcher(rules)
                        .results()
                        .toList());
    }

    @Test
    void theFormulaGivesTheValuesOfTheStandard() {
        assertEquals(21, contrast("#000000", "#ffffff"), 0.001);
        assertEquals(4.54, contrast("#767676", "#ffffff"), 0.005);
    }

    private static double contrast(String one, String other) {
        double a = luminance(one) + 0.05;
        double b = luminance(other) + 0.05;
        return Math.max(a, b) / Math.min(a, b);
    }

    private static double luminance(String colour) {
        return 0.2126 * channel(colour, 1) + 0.7152 * channel(colour, 3) + 0.0722 * channel(colour, 5);
    }

    private static double channel(String colour, int start) {
        double value = Integer.parseInt(colour.substring(start, start + 2), 16) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }
}
