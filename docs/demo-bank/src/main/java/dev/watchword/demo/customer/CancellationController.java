package dev.watchword.demo.customer;

import dev.watchword.otp.lifecycle.model.PendingInfo;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** The cancellation of a pending token or order. */
@Controller
@RequestMapping(CancellationController.PATH)
class CancellationController {
    static final String PATH = "/bank/otp/cancel";

    @GetMapping
    String confirmation(Visit visit, Model model) {
        PendingInfo pending = visit.registration().pending();
        if (pending == null || !visit.offers().cancel()) {
            return OtpController.TO_SELECTION;
        }
        model.addAttribute("pending", pending);
        return "customer/cancellation";
    }

    @PostMapping
    String cancel(Visit visit, Factors factors, HttpServletRequest request) {
        List<Problem> missing = factors.missing(Factors.PASSWORD);
        if (!missing.isEmpty()) {
            return Pages.again(request, PATH, missing);
        }
        return visit.tokens()
                .cancel(visit.holder(), factors.confirmation())
                .fold(cancelled -> "redirect:" + PATH + "/done", refused -> Pages.refused(request, PATH, refused));
    }

    @GetMapping("/done")
    String done(Visit visit) {
        return visit.registration().pending() == null ? "customer/cancellation-done" : OtpController.TO_SELECTION;
    }
}
