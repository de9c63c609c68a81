package dev.watchword.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The anchors are those of GitHub: the examples of its documentation, and examples that github-slugger publishes. */
class AnchorsTest {
    private static List<String> anchors(String... headings) {
        Anchors anchors = new Anchors();
        return Stream.of(headings).map(anchors::next).toList();
    }

    @Test
    void theExamplesOfTheDocumentationHaveTheirAnchors() {
        String markdown = """
                ## Sample Section
                ## This'll be a _Helpful_ Section About the Greek Letter Θ!
                ## This heading is not unique in the file
                # Other
                ## This heading is not unique in the file
                """;

        Headings headings = Headings.of("a.md", Parser.builder().build().parse(markdown), new Problems());

        assertEquals(
                List.of(
                        "sample-section",
                        "thisll-be-a-helpful-section-about-the-greek-letter-θ",
                        "this-heading-is-not-unique-in-the-file",
                        "other",
                        "this-heading-is-not-unique-in-the-file-1"),
                headings.inOrder().stream().map(Section::anchor).toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "bravoCharlieDelta|bravocharliedelta",
                "heading with a - dash|heading-with-a---dash",
                "heading with an _ underscore|heading-with-an-_-underscore",
                "heading with a period.txt|heading-with-a-periodtxt",
                "exchange.bind_headers(exchange, routing [, bindCallback])|exchangebind_headersexchange-routing--bindcallback",
                " a |-a-",
                "apostrophe’s should be trimmed|apostrophes-should-be-trimmed",
                "I ♥ unicode|i--unicode",
                "en–dash|endash",
                "😄_😄 unicode emoji|_-unicode-emoji",
                "Привет non-latin 你好|привет-non-latin-你好",
                "a⒪ Ⓖ Ⓨb|a-ⓖ-ⓨb",
                "a\u200Db|ab",
            })
    void aHeadingHasTheAnchorOfGitHub(String heading, String anchor) {
        assertEquals(List.of(anchor), anchors(heading));
    }

    @Test
    void repetitionsAreNumbered() {
        assertEquals(
                List.of("echo", "echo-1", "echo-1-1", "echo-1-2", "echo-2"),
                anchors("echo", "echo", "echo 1", "echo-1", "echo"));
        assertEquals(List.of("foxtrot-1", "foxtrot", "foxtrot-2"), anchors("foxtrot-1", "foxtrot", "foxtrot"));
    }
}
