package dev.watchword.demo.desk;

import dev.watchword.demo.bank.Customer;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.model.MailAddress;
import java.util.Locale;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The page of a customer: the registration, what it means, and what the operator can do. */
@Controller
class HolderController {
    private final HolderPages pages;
    private final Institution institution;

    HolderController(HolderPages pages, Institution institution) {
        this.pages = pages;
        this.institution = institution;
    }

    @GetMapping("/desk/holders/{loginId}")
    String holder(@PathVariable String loginId, Model model, Locale language) {
        Customer customer = pages.customer(loginId);
        model.addAttribute("actions", DeskAction.of(pages.show(customer, model, language)));
        model.addAttribute(
                "mailAddress",
                institution
                        .tokens()
                        .mailAddress(customer.holder())
                        .map(MailAddress::value)
                        .orElse("–"));
        return "desk/holder";
    }
}
