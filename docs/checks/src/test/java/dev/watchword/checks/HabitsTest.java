package dev.watchword.checks;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The check of habits finds each habit, and leaves plain sentences alone. */
class HabitsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Who decides again this often has met as many others who were faster.",
                "What came too late may have been stored before.",
                "Where the store is slow, the caller waits.",
                "So many hashes are computed at a time as there are processors.",
                "Of a token that ended, the event remains.",
                "If it was locked, it is no more.",
                "The secrets are encrypted anew.",
                "It runs in a transaction of its own.",
                "Returns the value, if there is none."
            })
    void findsEachHabit(String sentence) {
        assertTrue(Habits.isIn(sentence));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Gives up after this many lost races.",
                "What is stored?",
                "Takes no more than three attempts.",
                "Returns none of the revoked tokens.",
                "The store rejects a stale version.",
                "Whitespace is ignored."
            })
    void acceptsPlainSentencesAndQuestions(String sentence) {
        assertFalse(Habits.isIn(sentence));
    }
}
