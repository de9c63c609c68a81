package dev.watchword.demo.customer;

import dev.watchword.otp.lifecycle.model.PendingInfo;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.TokenInfo;
import dev.watchword.otp.lifecycle.model.TokenKind;
import dev.watchword.otp.spring.security.CodeStep;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** The activation of a software token. */
@Controller
@RequestMapping(SoftwareActivationController.PATH)
class SoftwareActivationController {
    static final String PATH = "/bank/otp/activate/software";

    @GetMapping
    String confirmation(Visit visit, Model model) {
        PendingInfo pending = visit.registration().pending();
        boolean ready = visit.offers().activate();
        TokenInfo token = pending == null ? null : pending.token();
        if (pending == null
                || pending.kind() != TokenKind.SOFTWARE
                || (!ready && token != null && token.provisionedAt() != null)) {
            return OtpController.TO_SELECTION;
        }
        model.addAttribute("ready", ready);
        model.addAttribute("pending", pending);
        model.addAttribute("now", visit.at());
        return "customer/software-activation";
    }

    @PostMapping
    String activate(Visit visit, Factors factors, HttpServletRequest request, HttpServletResponse response) {
        List<Problem> missing = factors.missing(Factors.CODE);
        if (!missing.isEmpty()) {
            return Pages.again(request, PATH, missing);
        }
        return visit.tokens()
                .activateSoftware(visit.holder(), factors.confirmation())
                .fold(
                        activated -> {
                            CodeStep.complete(request, response);
                            return "redirect:" + PATH + "/done";
                        },
                        refused -> Pages.refused(request, PATH, refused));
    }

    @GetMapping("/done")
    String done(Visit visit, Model model) {
        Registration registration = visit.registration();
        TokenInfo token = registration.token();
        if (token == null || token.kind() != TokenKind.SOFTWARE) {
            return OtpController.TO_SELECTION;
        }
        model.addAttribute("token", token);
        return "customer/software-activation-done";
    }
}
