package dev.watchword.checks;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The reader of prose: the comments of Java sources and the text of Markdown pages, without code. */
final class Prose {
    /**
     * Matches a text block, a string or a character, so that a comment inside it is skipped, or a comment as the only
     * group.
     */
    private static final Pattern COMMENT =
            Pattern.compile("\"\"\"(?s:.*?)\"\"\"|\"(?:[^\"\\\\\\n]|\\\\.)*\"|'(?:[^'\\\\\\n]|\\\\.)+'"
                    + "|((?s:/\\*.*?\\*/)|//[^\\n]*(?:\\n\\h*//[^\\n]*)*)");

    private static final Pattern COMMENT_MARKS = Pattern.compile("^\\h*(?:/\\*\\*?|\\*(?!/)|//)?\\h?|\\h*\\*/$");

    /** The start of a block tag, an item or a paragraph, each of which starts new prose. */
    private static final Pattern BLOCK = Pattern.compile(
            "^\\h*(?:@(?:param\\h+\\S+|throws\\h+\\S+|\\w+)|<(?:p|li|ul|ol|td|th|tr|table)\\b[^>]*>)\\h*");

    private static final Pattern PREFORMATTED = Pattern.compile("(?s)<pre>.*?</pre>|\\{@snippet.*?\\n\\h*\\*?\\h*\\}");

    private static final Pattern ITEM = Pattern.compile("^\\h*(?:[-*]|\\d+\\.)\\h+");

    private Prose() {}

    static List<Sentence> ofComments(Path file, String source) {
        Paragraphs paragraphs = new Paragraphs(file);
        Matcher comments = COMMENT.matcher(source);
        while (comments.find()) {
            if (comments.group(1) != null) {
                readComment(comments.group(1), lineOf(source, comments.start()), paragraphs);
            }
        }
        return paragraphs.sentences();
    }

    private static void readComment(String comment, int firstLine, Paragraphs paragraphs) {
        String[] lines =
                PREFORMATTED.matcher(comment).replaceAll(Prose::emptyLines).split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = COMMENT_MARKS.matcher(lines[i]).replaceAll("");
            Matcher block = BLOCK.matcher(line);
            if (block.find()) {
                paragraphs.end();
            }
            paragraphs.add(firstLine + i, block.replaceFirst(""));
        }
        paragraphs.end();
    }

    private static String emptyLines(MatchResult code) {
        return code.group().replaceAll("[^\\n]", "");
    }

    private static int lineOf(String source, int offset) {
        return 1
                + (int) source.substring(0, offset)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }

    static List<Sentence> ofPage(Path file, String page) {
        Paragraphs paragraphs = new Paragraphs(file);
        boolean isCode = false;
        int number = 0;
        for (String line : page.split("\n", -1)) {
            number++;
            if (line.startsWith("```")) {
                isCode = !isCode;
                paragraphs.end();
            } else if (!isCode) {
                readLine(line, number, paragraphs);
            }
        }
        return paragraphs.sentences();
    }

    private static void readLine(String line, int number, Paragraphs paragraphs) {
        if (line.startsWith("#")) {
            paragraphs.end();
        } else if (line.startsWith("|")) {
            Stream.of(line.split("\\|")).forEach(cell -> {
                paragraphs.end();
                paragraphs.add(number, cell);
            });
            paragraphs.end();
        } else {
            Matcher item = ITEM.matcher(line);
            if (item.find()) {
                paragraphs.end();
            }
            paragraphs.add(number, item.replaceFirst(""));
        }
    }
}
