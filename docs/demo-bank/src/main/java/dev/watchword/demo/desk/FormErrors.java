package dev.watchword.demo.desk;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.model.Refused;
import java.util.List;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Words the errors of a form. */
@Component
class FormErrors {
    private final MessageSource messages;
    private final Institution institution;

    FormErrors(MessageSource messages, Institution institution) {
        this.messages = messages;
        this.institution = institution;
    }

    /** {@return one error for each malformed field, or the helpdesk's sentence about the refusal} */
    List<FormError> of(Refused<?> refused, Locale language) {
        if (refused.fields().isEmpty()) {
            return List.of(new FormError("", institution.helpdesk(language).refusal(refused)));
        }
        return refused.fields().stream()
                .map(field -> requireNonNull(ActionForm.FIELDS.get(field), "the desk has no such field"))
                .map(field -> of(field, language))
                .toList();
    }

    /** {@return the error of a field that is missing or malformed} */
    FormError of(String field, Locale language) {
        return new FormError(field, messages.getMessage("desk.error." + field, null, language));
    }
}
