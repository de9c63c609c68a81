package dev.watchword.otp.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.watchword.otp.HmacAlgorithm;
import java.security.GeneralSecurityException;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LibraryTest {
    private final Locale before = Locale.getDefault();

    @BeforeEach
    void useDigitsOfAnotherScript() {
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    }

    @AfterEach
    void restoreLocale() {
        Locale.setDefault(before);
    }

    @ParameterizedTest
    @EnumSource
    void every_library_answers_rightly_whatever_is_entered(Library library) throws GeneralSecurityException {
        for (Entered entered : Entered.values()) {
            Verifier verifier = library.verifier(entered);

            assertEquals(entered != Entered.WRONG, verifier.isMatch(verifier.fresh()));
            assertEquals(entered != Entered.WRONG, verifier.isMatch(verifier.prepared()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_verifier_that_answers_wrongly_is_not_measured(Entered entered) {
        Question question = Question.of(HmacAlgorithm.SHA1, entered);
        boolean wrong = entered == Entered.WRONG;

        assertThrows(IllegalStateException.class, () -> question.answeredBy(new Answering(wrong, !wrong)));
        assertThrows(IllegalStateException.class, () -> question.answeredBy(new Answering(!wrong, wrong)));
    }

    private record Answering(Boolean fresh, Boolean prepared) implements Verifier {}
}
