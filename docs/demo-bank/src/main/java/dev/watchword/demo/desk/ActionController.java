package dev.watchword.demo.desk;

import dev.watchword.demo.bank.Customer;
import dev.watchword.demo.security.CustomerSessions;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The actions of an operator for one customer. An accepted one leads back to the customer's page, which names it. */
@Controller
@RequestMapping("/desk/holders/{loginId}/{path}")
class ActionController {
    private final HolderPages pages;
    private final ActionPage page;
    private final FormErrors words;
    private final Desks desks;
    private final CustomerSessions sessions;

    ActionController(HolderPages pages, ActionPage page, FormErrors words, Desks desks, CustomerSessions sessions) {
        this.pages = pages;
        this.page = page;
        this.words = words;
        this.desks = desks;
        this.sessions = sessions;
    }

    @GetMapping
    String form(@PathVariable String loginId, @PathVariable String path, Model model, Locale language) {
        return page.show(pages.customer(loginId), action(path), ActionForm.EMPTY, List.of(), model, language);
    }

    @PostMapping
    String perform(
            @PathVariable String loginId,
            @PathVariable String path,
            @ModelAttribute("form") ActionForm form,
            Model model,
            Locale language,
            HttpServletRequest request,
            RedirectAttributes redirect) {
        Customer customer = pages.customer(loginId);
        DeskAction action = action(path);
        List<FormError> missing = page.missing(customer, action, form, language);
        if (!missing.isEmpty()) {
            return page.show(customer, action, form, missing, model, language);
        }
        return DeskActions.perform(desks.of(request), customer.holder(), action, form)
                .fold(
                        accepted -> {
                            if (action.endsSessions(form.kind())) {
                                sessions.end(customer.holder());
                            }
                            redirect.addFlashAttribute("done", action.name());
                            return "redirect:/desk/holders/{loginId}";
                        },
                        refused -> page.show(customer, action, form, words.of(refused, language), model, language));
    }

    private static DeskAction action(String path) {
        return DeskAction.ofPath(path).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
