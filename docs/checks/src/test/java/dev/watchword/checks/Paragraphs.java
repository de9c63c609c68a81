package dev.watchword.checks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A collector of the lines of prose in one file. It joins lines to paragraphs and splits paragraphs into sentences. */
final class Paragraphs {
    private static final Pattern INLINE_TAG = Pattern.compile("\\{@\\w+\\s+([^{}]*)\\}");

    private static final Pattern HTML_TAG = Pattern.compile("</?\\w[^<>]*>");

    /** White space after the end of a sentence, where the next word does not start with a small letter. */
    private static final Pattern BETWEEN = Pattern.compile("(?<=[.!?][)*_\"”]{0,3})\\s+(?=[^\\p{Ll}\\s–—])");

    private static final Pattern MARKS_AROUND = Pattern.compile("^[\\s*_`\"“(\\[>-]+|[\\s*_`]+$");

    private final Path file;
    private final List<Sentence> sentences = new ArrayList<>();
    private final StringBuilder paragraph = new StringBuilder();
    private int start;

    Paragraphs(Path file) {
        this.file = file;
    }

    /** Adds a line to the paragraph; an empty line ends it. */
    void add(int number, String line) {
        if (line.isBlank()) {
            end();
            return;
        }
        if (paragraph.isEmpty()) {
            start = number;
        }
        paragraph.append(line.strip()).append(' ');
    }

    /** Ends the paragraph. */
    void end() {
        String text =
                HTML_TAG.matcher(INLINE_TAG.matcher(paragraph).replaceAll("$1")).replaceAll("");
        Stream.of(BETWEEN.split(text))
                .map(sentence -> MARKS_AROUND.matcher(sentence).replaceAll(""))
                .filter(sentence -> !sentence.isEmpty())
                .forEach(sentence -> sentences.add(new Sentence(file, start, sentence)));
        paragraph.setLength(0);
    }

    List<Sentence> sentences() {
        end();
        return List.copyOf(sentences);
    }
}
