package dev.watchword.demo.customer;

import dev.watchword.demo.bank.Sealer;
import dev.watchword.otp.lifecycle.model.Holder;
import jakarta.servlet.http.HttpSession;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Keeps an {@link IssueDraft} in the session: encrypted, and for its customer only. */
@Component
class IssueDrafts {
    private static final String DRAFT = "customer.issue";
    private static final String SEPARATOR = "\n";
    private static final int PARTS = 4;

    private final Sealer sealer;

    IssueDrafts(Sealer sealer) {
        this.sealer = sealer;
    }

    void keep(HttpSession session, Holder holder, IssueDraft draft) {
        String text = String.join(
                SEPARATOR,
                holder.value(),
                draft.mail(),
                draft.activationPassword(),
                draft.mailedAt().toString());
        session.setAttribute(DRAFT, sealer.seal(DRAFT, text));
    }

    Optional<IssueDraft> find(HttpSession session, Holder holder) {
        return session.getAttribute(DRAFT) instanceof String sealed
                ? sealer.open(DRAFT, sealed)
                        .map(text -> text.split(SEPARATOR, PARTS))
                        .filter(parts -> parts[0].equals(holder.value()))
                        .map(parts -> new IssueDraft(parts[1], parts[2], Instant.parse(parts[3])))
                : Optional.empty();
    }

    void drop(HttpSession session) {
        session.removeAttribute(DRAFT);
    }
}
