package dev.watchword.demo.customer;

import dev.watchword.demo.bank.TokenNotice;
import dev.watchword.otp.lifecycle.model.PendingInfo;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.TokenKind;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The choice of an operation (BOP001), and the choice of the kind of token (BOT010). */
@Controller
class OtpController {
    static final String PATH = "/bank/otp";
    static final String TO_SELECTION = "redirect:" + PATH;

    @GetMapping(PATH)
    String selection(Visit visit, Model model) {
        Registration registration = visit.registration();
        model.addAttribute("registration", registration);
        model.addAttribute("offers", Offers.of(registration, visit.renewal(), visit.at()));
        model.addAttribute("notice", TokenNotice.of(registration, visit.at()));
        model.addAttribute(
                "pendingNotice", registration.token() == null ? null : TokenNotice.ofPending(registration.pending()));
        model.addAttribute("now", visit.at());
        return "customer/otp";
    }

    @GetMapping(PATH + "/issue")
    String kind(Visit visit, Model model) {
        Offers offers = visit.offers();
        if (!offers.issue() && !offers.renew()) {
            return TO_SELECTION;
        }
        // The bank renews hardware tokens only, and the successor is of the same kind.
        model.addAttribute("software", offers.issue());
        return "customer/kind";
    }

    /** Leads to the activation of the kind of token that is pending. */
    @GetMapping(PATH + "/activate")
    String activation(Visit visit) {
        PendingInfo pending = visit.registration().pending();
        if (pending == null) {
            return TO_SELECTION;
        }
        return "redirect:"
                + (pending.kind() == TokenKind.SOFTWARE
                        ? SoftwareActivationController.PATH
                        : HardwareActivationController.PATH);
    }
}
