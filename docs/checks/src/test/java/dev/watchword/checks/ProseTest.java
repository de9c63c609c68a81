package dev.watchword.checks;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The prose of the project names its subject first and avoids literary turns. {@link Habits} lists the exact patterns. */
class ProseTest {
    /** The lower bound of each group: authors rewrite prose and do not delete it. */
    private static final int SENTENCES = 2_500;

    /** The upper bound of sentences with a habit: 0.3 %, in thousandths. */
    private static final int THOUSANDTHS = 3;

    @Test
    void theCommentsOfMainSourcesNameTheirSubjectFirst() {
        check(Project.mainSources(), Prose::ofComments);
    }

    @Test
    void thePagesNameTheirSubjectFirst() {
        check(Project.pages(), Prose::ofPage);
    }

    private static void check(List<Path> files, BiFunction<Path, String, List<Sentence>> reader) {
        List<Sentence> sentences = files.stream()
                .flatMap(file -> reader.apply(file, Project.read(file)).stream())
                .toList();
        List<Sentence> found = sentences.stream()
                .filter(sentence -> Habits.isIn(sentence.text()))
                .toList();

        assertTrue(sentences.size() >= SENTENCES, sentences.size() + " sentences; the least is " + SENTENCES);
        assertTrue(
                found.size() * 1000L <= (long) sentences.size() * THOUSANDTHS,
                () -> found.size() + " of " + sentences.size()
                        + " sentences start with a clause or use a literary turn:\n"
                        + found.stream().map(Sentence::toString).collect(Collectors.joining("\n")));
    }
}
