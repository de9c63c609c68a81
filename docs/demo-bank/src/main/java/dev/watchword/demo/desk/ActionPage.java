package dev.watchword.demo.desk;

import dev.watchword.demo.bank.Customer;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.StockState;
import dev.watchword.otp.lifecycle.model.TokenInfo;
import dev.watchword.otp.lifecycle.operations.TokenLists;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** The page with the form of one action. */
@Component
class ActionPage {
    private static final int PROPOSALS = 50;

    private final HolderPages pages;
    private final TokenLists lists;
    private final FormErrors words;
    private final TokenService tokens;
    private final TokenPolicy policy;
    private final Clock clock;

    ActionPage(
            HolderPages pages,
            TokenLists lists,
            FormErrors words,
            TokenService tokens,
            TokenPolicy policy,
            Clock clock) {
        this.pages = pages;
        this.lists = lists;
        this.words = words;
        this.tokens = tokens;
        this.policy = policy;
        this.clock = clock;
    }

    /** Shows the form with what was typed. The template writes no password back. */
    String show(
            Customer customer,
            DeskAction action,
            ActionForm form,
            List<FormError> errors,
            Model model,
            Locale language) {
        pages.show(customer, model, language);
        model.addAttribute("action", action);
        model.addAttribute("kinds", kinds(customer, action));
        model.addAttribute("form", form);
        model.addAttribute("errors", errors);
        model.addAttribute("mustBeSure", mustBeSure(customer, action, form));
        if (action == DeskAction.ASSIGN) {
            model.addAttribute("stock", lists.stock(StockState.AVAILABLE, null, PROPOSALS));
        }
        return "desk/action";
    }

    /** Returns the errors that keep the form from the library, together with those that the library would find beside them. */
    List<FormError> missing(Customer customer, DeskAction action, ActionForm form, Locale language) {
        List<FormError> errors = new ArrayList<>();
        List<String> kinds = kinds(customer, action);
        if (!kinds.isEmpty() && (form.kind() == null || !kinds.contains(form.kind()))) {
            errors.add(words.of("kind", language));
            if (form.reason() == null || form.reason().isBlank()) {
                errors.add(words.of("reason", language));
            }
        }
        if (mustBeSure(customer, action, form) && !Boolean.TRUE.equals(form.sure())) {
            errors.add(words.of("sure." + action, language));
        }
        return errors;
    }

    /** Returns whether the action takes away what the customer has: the data, or the signatures of the token in use. */
    private boolean mustBeSure(Customer customer, DeskAction action, ActionForm form) {
        return switch (action) {
            case ERASE -> true;
            case ASSIGN -> {
                TokenInfo token = tokens.registration(customer.holder()).token();
                yield token != null
                        && token.canSign()
                        && lists.stockOf(form.serialNumber())
                                .filter(stocked -> stocked.expiresAt() != null && !stocked.canSign())
                                .isPresent();
            }
            default -> false;
        };
    }

    /** Returns the kinds of reason that the customer's token allows. A token stays in use beside a successor only if it expires soon. */
    private List<String> kinds(Customer customer, DeskAction action) {
        TokenInfo token = tokens.registration(customer.holder()).token();
        Instant now = clock.instant();
        boolean expiresSoon = token != null
                && now.isBefore(token.expiresAt())
                && !now.isBefore(token.expiresAt().minus(policy.renewal().lead()));
        return action.kinds().stream()
                .filter(kind -> expiresSoon || !kind.equals(DeskAction.STAYS_IN_USE))
                .toList();
    }
}
