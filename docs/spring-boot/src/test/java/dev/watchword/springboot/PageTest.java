package dev.watchword.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every listing of the page is part of this application. */
class PageTest {
    private static final Pattern LISTING = Pattern.compile("```(?:java|properties|xml|sql)\\n(.*?)```", Pattern.DOTALL);

    static List<String> listings() {
        return LISTING.matcher(read(Path.of("..", "spring-boot.md")))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The formatter may break the lines of the application and of the page at other places. */
    private static String withoutWhitespace(String text) {
        return text.replaceAll("\\s+", "");
    }

    private static String application() {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            return Stream.concat(files.filter(Files::isRegularFile), Stream.of(Path.of("pom.xml")))
                    .map(file -> withoutWhitespace(read(file)))
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("listings")
    void theListingIsPartOfTheApplication(String listing) {
        assertThat(application()).contains(withoutWhitespace(listing));
    }

    @Test
    void thePageHasListings() {
        assertThat(listings()).hasSizeGreaterThan(5);
    }
}
