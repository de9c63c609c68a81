package dev.watchword.demo.desk;

import dev.watchword.demo.bank.Customer;
import dev.watchword.demo.bank.Sealer;
import dev.watchword.otp.lifecycle.EmergencyCodes;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.SecretText;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Issues emergency codes and shows them once. On the way from the form to the page they are a flash attribute, which the session keeps
 * for one request, and which {@link Sealer} encrypts.
 */
@Controller
@RequestMapping("/desk/holders/{loginId}")
class EmergencyCodesController {
    private static final String CODES = "sealedCodes";
    private static final String PURPOSE = "emergency-codes";

    private final HolderPages pages;
    private final ActionPage page;
    private final FormErrors words;
    private final Desks desks;
    private final Sealer sealer;

    EmergencyCodesController(HolderPages pages, ActionPage page, FormErrors words, Desks desks, Sealer sealer) {
        this.pages = pages;
        this.page = page;
        this.words = words;
        this.desks = desks;
        this.sealer = sealer;
    }

    @PostMapping("/emergency-codes")
    String issue(
            @PathVariable String loginId,
            @ModelAttribute("form") ActionForm form,
            Model model,
            Locale language,
            HttpServletRequest request,
            RedirectAttributes redirect) {
        Customer customer = pages.customer(loginId);
        Outcome<EmergencyCodes> outcome = desks.of(request).issueEmergencyCodes(customer.holder(), form.reason());
        return outcome.fold(
                issued -> {
                    redirect.addFlashAttribute(CODES, sealed(issued));
                    return "redirect:/desk/holders/{loginId}/issued-codes";
                },
                refused -> page.show(
                        customer, DeskAction.EMERGENCY_CODES, form, words.of(refused, language), model, language));
    }

    /** Shows the codes after the redirect, and that there is nothing more to show at a reload. */
    @GetMapping("/issued-codes")
    String codes(@PathVariable String loginId, Model model, Locale language) {
        pages.show(pages.customer(loginId), model, language);
        model.addAttribute("codes", open(model.getAttribute(CODES)));
        return "desk/codes";
    }

    private String sealed(EmergencyCodes issued) {
        return sealer.seal(
                PURPOSE, issued.codes().stream().map(SecretText::exposeText).collect(Collectors.joining("\n")));
    }

    private List<String> open(@Nullable Object sealed) {
        return sealed instanceof String text
                ? sealer.open(PURPOSE, text)
                        .map(codes -> codes.lines().toList())
                        .orElse(List.of())
                : List.of();
    }
}
