package dev.watchword.demo.desk;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Refused;
import dev.watchword.otp.lifecycle.seeds.FileProblem;
import dev.watchword.otp.lifecycle.seeds.SeedFileException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Words the errors of a form. */
@Component
class FormErrors {
    /** The refusals that are about one field. */
    private static final Map<Refusal, String> ABOUT = Map.of(
            Refusal.BATCH_TAKEN, "batch", Refusal.NOT_IN_STOCK, "serialNumber", Refusal.SERIAL_TAKEN, "serialNumber");

    private final MessageSource messages;
    private final Helpdesks helpdesks;

    FormErrors(MessageSource messages, Helpdesks helpdesks) {
        this.messages = messages;
        this.helpdesks = helpdesks;
    }

    /** {@return one error for each malformed field, or the helpdesk's sentence about the refusal} */
    List<FormError> of(Refused<?> refused, Locale language) {
        if (refused.fields().isEmpty()) {
            String field = ABOUT.getOrDefault(refused.refusal(), "");
            return List.of(new FormError(field, helpdesks.in(language).refusal(refused)));
        }
        return refused.fields().stream()
                .map(field -> requireNonNull(ActionForm.FIELDS.get(field), "the desk has no such field"))
                .map(field -> of(field, language))
                .toList();
    }

    /** {@return the helpdesk's sentence about a file that cannot be read to its end} */
    FormError of(SeedFileException unreadable, Locale language) {
        FileProblem problem = unreadable.kind();
        return new FormError(
                problem == FileProblem.KEY ? "secret" : "file",
                helpdesks.in(language).problem(problem));
    }

    /**
     * Words an error of a field.
     *
     * @param code the name of the field if it is missing or malformed; a field with several errors has a dot and more after its name
     * @param language the language of the page
     * @return the error
     */
    FormError of(String code, Locale language) {
        String field = code.contains(".") ? code.substring(0, code.indexOf('.')) : code;
        return new FormError(field, messages.getMessage("desk.error." + code, null, language));
    }
}
