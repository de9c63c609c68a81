package dev.watchword.checks;

import java.util.regex.Pattern;

/**
 * Habits of prose that make readers read a sentence twice: a clause as the subject of a sentence, and literary turns.
 */
final class Habits {
    /** Openings that make a clause the subject, or delay the subject. */
    private static final Pattern OPENING = Pattern.compile(
            "(?:What|Who|Whoever|Whatever|Whose|Whichever|That|Where|Wherever"
                    + "|So (?:many|much|few)|Of (?:an?|the|these|those|all|each)|By (?:all|whole)|To (?:be|ask|read))\\b.*");

    private static final Pattern LITERARY = Pattern.compile(
            "\\b(?:anew|no more(?! than)|of (?:its|their|his|her) own|all the same|as it is|lest|thereby|whoever"
                    + "|whatever|by itself|(?:is|are|was|were) none(?! of)|c[ao]mes? too late"
                    + "|(?:by|of|to|for|from|with|than) who)\\b",
            Pattern.CASE_INSENSITIVE);

    private Habits() {}

    static boolean isIn(String sentence) {
        return (OPENING.matcher(sentence).matches() && !sentence.endsWith("?"))
                || LITERARY.matcher(sentence).find();
    }
}
