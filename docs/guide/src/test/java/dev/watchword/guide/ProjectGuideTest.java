package dev.watchword.guide;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The guide of this project, looked at as a reader's browser does. */
class ProjectGuideTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final Pattern REFERENCE = Pattern.compile("(?:href|src)=\"([^\"]*)\"");
    private static final Pattern ID = Pattern.compile(" id=\"([^\"]*)\"");
    private static final Pattern IMAGE = Pattern.compile("<img src=\"([^\"]*)\"");
    private static final Pattern SVG = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL);
    private static final Pattern COMMANDS = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

    private static final SortedMap<String, byte[]> SITE = Site.of(new Repository(ROOT), "");

    private static List<String> pages() {
        return SITE.keySet().stream().filter(file -> file.endsWith(".html")).toList();
    }

    private static String page(String page) {
        return SmallProject.page(SITE, page);
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(MatchResult::group).toList();
    }

    private static List<String> groups(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1)).toList();
    }

    @Test
    void everyReferenceLeadsToAFileAndAnAnchor() {
        List<String> broken = new ArrayList<>();
        int checked = 0;
        for (String page : pages()) {
            for (String reference : groups(REFERENCE, page(page))) {
                URI target = URI.create(reference);
                if (target.getScheme() == null) {
                    checked++;
                    String file = URI.create(page).resolve(target).getPath();
                    boolean leads = SITE.containsKey(file)
                            && (target.getFragment() == null
                                    || groups(ID, page(file)).contains(target.getFragment()));
                    if (!leads) {
                        broken.add(page + " → " + reference);
                    }
                }
            }
        }

        assertEquals(List.of(), broken);
        assertTrue(checked > 1000, "checked " + checked);
    }

    @Test
    void everyIdentifierIsUniqueInItsPage() {
        for (String page : pages()) {
            Set<String> seen = new HashSet<>();
            assertEquals(
                    List.of(),
                    groups(ID, page(page)).stream().filter(id -> !seen.add(id)).toList(),
                    page);
        }
    }

    @Test
    void noPageHasAScriptOrRawMermaid() {
        for (String page : pages()) {
            assertFalse(page(page).contains("<script"), page);
            assertFalse(page(page).contains("stateDiagram"), page);
            assertFalse(page(page).contains("language-mermaid"), page);
        }
    }

    @Test
    void thePicturesAreInTheirPages() {
        assertEquals(1, all(SVG, page("states.html")).size());
        assertEquals(1, all(SVG, page("architecture.html")).size());
        assertEquals(1, all(SVG, page("index.html")).size());
        assertEquals(7, all(SVG, page("benchmarks.html")).size());
    }

    @Test
    void everyPictureHasWordsForReadersWhoCannotSeeIt() {
        for (String page : pages()) {
            for (String svg : all(SVG, page(page))) {
                String id = groups(ID, svg).get(0);
                assertTrue(svg.contains("role=\"img\" aria-labelledby=\"" + id + "-title " + id + "-desc\""), svg);
                assertTrue(
                        Pattern.compile("<title id=\"" + id + "-title\">[^<]{10,}</title>")
                                .matcher(svg)
                                .find(),
                        svg);
                assertTrue(
                        Pattern.compile("<desc id=\"" + id + "-desc\">[^<]{100,}</desc>")
                                .matcher(svg)
                                .find(),
                        svg);
            }
        }
    }

    @Test
    void everyMeasurementIsPlotted() throws Exception {
        String markdown = Files.readString(ROOT.resolve("docs/benchmarks.md"));
        try (Stream<Path> files = Files.list(ROOT.resolve("docs/figures"))) {
            files.forEach(file -> assertTrue(
                    markdown.contains("<!-- figure: benchmarks figures/" + file.getFileName() + " -->"),
                    file::toString));
        }
    }

    @Test
    void theReadmeAndTheStartPageShowThreeScreenshots() {
        List<String> screens =
                List.of("screens/bop001-ja.png", "screens/phone-approval-en.png", "screens/desk-holder-en.png");

        assertEquals(screens, groups(IMAGE, page("index.html")));
        assertEquals(screens, groups(IMAGE, page("readme.html")));
        assertTrue(SITE.keySet().containsAll(screens));
    }

    @Test
    void signedTransactionsAndBackupCodesAreInTheGuide() {
        assertTrue(page("transactions.html").contains("language-java"));
        assertTrue(page("recipes/lost-token.html").contains("language-java"));
        assertTrue(page("index.html").contains("<a href=\"transactions.html\">"));
        assertTrue(page("index.html").contains("<a href=\"recipes/lost-token.html\">"));
    }

    @Test
    void theCommandsOfTheStartPageAreThoseOfTheReadme() throws Exception {
        List<String> commands = groups(COMMANDS, Files.readString(ROOT.resolve(Repository.INDEX)));

        assertEquals(1, commands.size());
        assertTrue(Files.readString(ROOT.resolve("README.md")).contains("```sh\n" + commands.get(0) + "```"));
    }

    @Test
    void aSecondBuildGivesTheSameBytes() {
        SortedMap<String, byte[]> second = Site.of(new Repository(ROOT), "");

        assertEquals(SITE.keySet(), second.keySet());
        SITE.forEach((file, bytes) -> assertArrayEquals(bytes, second.get(file), file));
    }
}
