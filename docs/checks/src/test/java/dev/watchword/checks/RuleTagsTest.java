package dev.watchword.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The reader of rule tags finds the tests of a source and nothing else. */
class RuleTagsTest {
    @Test
    void readsTheTagsOfTestsAndIgnoresCommentsStringsAndHelpers() {
        String source = """
                /** @Tag("R1.1") */
                @Tag("R2.1")
                class ATest {
                    // @Tag("R1.2") @Test void no() {}
                    private static final String TEXT = "@Tag(\\"R1.3\\")";

                    @Tag("R3.1") @Test
                    void one() { char c = '"'; }

                    @ParameterizedTest
                    @ValueSource(strings = {"a(", "b)"})
                    @Tag("R3.2")
                    @Tag("R3.3")
                    public final void two(String text) {}

                    @Tag("R1.4")
                    static List<String> helper() { return List.of(); }

                    @Property(tries = 10)
                    boolean three(@ForAll int i) { return true; }
                }
                """;
        assertEquals(
                Map.of(
                        "R2.1", Set.of("ATest.one", "ATest.two", "ATest.three"),
                        "R3.1", Set.of("ATest.one"),
                        "R3.2", Set.of("ATest.two"),
                        "R3.3", Set.of("ATest.two")),
                RuleTags.of(source));
    }
}
