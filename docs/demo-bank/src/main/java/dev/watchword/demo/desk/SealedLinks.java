package dev.watchword.demo.desk;

import dev.watchword.demo.bank.Drafts;
import java.util.Base64;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Encrypts what a page of the desk carries in its address, such as a customer's name that was searched. An address is logged and
 * stays in the browser's history, so nothing personal may be readable in it.
 */
@Component
class SealedLinks {
    private final Drafts drafts;

    SealedLinks(Drafts drafts) {
        this.drafts = drafts;
    }

    /** {@return a text for a parameter of an address, which only the same purpose opens} */
    String seal(String purpose, String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(drafts.seal(purpose + ":" + text));
    }

    /** {@return the text; empty if {@link #seal} did not make the parameter for this purpose} */
    Optional<String> open(String purpose, String parameter) {
        try {
            return drafts.open(Base64.getUrlDecoder().decode(parameter))
                    .filter(text -> text.startsWith(purpose + ":"))
                    .map(text -> text.substring(purpose.length() + 1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
