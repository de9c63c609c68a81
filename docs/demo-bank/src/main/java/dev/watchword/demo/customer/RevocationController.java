package dev.watchword.demo.customer;

import dev.watchword.demo.bank.TransferLimits;
import dev.watchword.demo.security.CustomerSessions;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** The revocation of the token in use (BOS001). */
@Controller
@RequestMapping(RevocationController.PATH)
class RevocationController {
    static final String PATH = "/bank/otp/revoke";

    private final CustomerSessions sessions;
    private final TransferLimits limits;

    RevocationController(CustomerSessions sessions, TransferLimits limits) {
        this.sessions = sessions;
        this.limits = limits;
    }

    @GetMapping
    String confirmation(Visit visit, Model model) {
        if (!visit.offers().revoke()) {
            return OtpController.TO_SELECTION;
        }
        model.addAttribute("registration", visit.registration());
        return "customer/revocation";
    }

    @PostMapping
    String revoke(Visit visit, Factors factors, HttpServletRequest request) {
        List<Problem> missing = factors.missing(Factors.PASSWORD, Factors.CODE);
        if (!missing.isEmpty()) {
            return Pages.again(request, PATH, missing);
        }
        return visit.tokens()
                .revoke(visit.holder(), factors.confirmation())
                .fold(revoked -> revoked(visit, request), refused -> Pages.refused(request, PATH, refused));
    }

    /**
     * Does at once what the feed does later, so that the next page shows the lower limit. A revocation leaves other
     * sessions open, and one of them can be a thief's.
     */
    private String revoked(Visit visit, HttpServletRequest request) {
        limits.lower(visit.holder());
        sessions.endOthers(visit.holder(), request.getSession().getId());
        return "redirect:" + PATH + "/done";
    }

    @GetMapping("/done")
    String done(Visit visit) {
        return visit.registration().token() == null ? "customer/revocation-done" : OtpController.TO_SELECTION;
    }
}
