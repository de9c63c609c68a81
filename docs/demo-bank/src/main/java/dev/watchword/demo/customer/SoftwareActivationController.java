package dev.watchword.demo.customer;

import dev.watchword.demo.bank.TransferLimits;
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
import org.springframework.web.bind.annotation.RequestParam;

/** The activation of a software token. */
@Controller
@RequestMapping(SoftwareActivationController.PATH)
class SoftwareActivationController {
    static final String PATH = "/bank/otp/activate/software";

    private final TransferLimits limits;

    SoftwareActivationController(TransferLimits limits) {
        this.limits = limits;
    }

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
        boolean renewal = visit.registration().token() != null;
        return visit.tokens()
                .activateSoftware(visit.holder(), factors.confirmation())
                .fold(
                        activated -> {
                            CodeStep.complete(request, response);
                            return "redirect:" + PATH + "/done" + (renewal ? "?renewed=true" : "");
                        },
                        refused -> Pages.refused(request, PATH, refused));
    }

    /** The registration no longer has the token that the new one replaced, so a parameter says that there was one. */
    @GetMapping("/done")
    String done(Visit visit, @RequestParam(defaultValue = "false") boolean renewed, Model model) {
        Registration registration = visit.registration();
        TokenInfo token = registration.token();
        if (token == null || token.kind() != TokenKind.SOFTWARE) {
            return OtpController.TO_SELECTION;
        }
        model.addAttribute("token", token);
        model.addAttribute("renewed", renewed);
        model.addAttribute("lowered", limits.isLowered(visit.holder()));
        return "customer/software-activation-done";
    }
}
