package dev.watchword.demo.desk;

import dev.watchword.demo.bank.Customer;
import dev.watchword.otp.lifecycle.model.ListedStock;
import dev.watchword.otp.lifecycle.model.StockState;
import dev.watchword.otp.lifecycle.operations.TokenLists;
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

    ActionPage(HolderPages pages, TokenLists lists, FormErrors words) {
        this.pages = pages;
        this.lists = lists;
        this.words = words;
    }

    /** Shows the form with what was typed. The template writes no password back. */
    String show(
            Customer customer, DeskAction action, ActionForm form, List<FormError> errors, Model model, Locale language) {
        pages.show(customer, model, language);
        model.addAttribute("action", action);
        model.addAttribute("form", form);
        model.addAttribute("errors", errors);
        if (action == DeskAction.ASSIGN) {
            model.addAttribute(
                    "serials",
                    lists.stock(StockState.AVAILABLE, null, PROPOSALS).stream()
                            .map(ListedStock::serial)
                            .toList());
        }
        return "desk/action";
    }

    /** Returns the errors that keep the form from the library, together with those that the library would find beside them. */
    List<FormError> missing(DeskAction action, ActionForm form, Locale language) {
        List<FormError> errors = new ArrayList<>();
        if (!action.kinds().isEmpty() && (form.kind() == null || !action.kinds().contains(form.kind()))) {
            errors.add(words.of("kind", language));
            if (form.reason() == null || form.reason().isBlank()) {
                errors.add(words.of("reason", language));
            }
        }
        if (action == DeskAction.ERASE && !Boolean.TRUE.equals(form.sure())) {
            errors.add(words.of("sure", language));
        }
        return errors;
    }
}
