package dev.watchword.demo.customer;

import dev.watchword.demo.bank.Sealer;
import dev.watchword.demo.bank.TokenNotice;
import dev.watchword.otp.lifecycle.RecoveryCodes;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.SecretText;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * The creation of recovery codes, with which a customer whose token is lost can log in. The library has only their hashes, and a form that
 * is sent twice is refused the second time. The codes are therefore shown until the customer says that they are kept.
 */
@Controller
@RequestMapping(RecoveryController.PATH)
class RecoveryController {
    static final String PATH = "/bank/recovery";
    private static final String SHOWN = PATH + "/codes";

    /** The attribute of the session that has the codes until the customer has kept them, and the purpose of their encryption. */
    private static final String CODES = "customer.recovery-codes";

    private final Sealer sealer;

    RecoveryController(Sealer sealer) {
        this.sealer = sealer;
    }

    @GetMapping
    String form(Visit visit, HttpSession session, Model model) {
        if (codes(visit, session).isPresent()) {
            return "redirect:" + SHOWN;
        }
        Registration registration = visit.registration();
        model.addAttribute("registration", registration);
        model.addAttribute("notice", TokenNotice.of(registration, visit.at()));
        return "customer/recovery";
    }

    @PostMapping
    String create(Visit visit, Factors factors, HttpServletRequest request) {
        List<Problem> missing = factors.missing(Factors.PASSWORD, Factors.CODE);
        if (!missing.isEmpty()) {
            return Pages.again(request, PATH, missing);
        }
        return visit.tokens()
                .createRecoveryCodes(visit.holder(), factors.confirmation())
                .fold(
                        created -> {
                            request.getSession().setAttribute(CODES, sealed(visit, created));
                            return "redirect:" + SHOWN;
                        },
                        refused -> Pages.again(request, PATH, Problems.of(refused)));
    }

    private String sealed(Visit visit, RecoveryCodes created) {
        return sealer.seal(
                purpose(visit),
                created.codes().stream().map(SecretText::exposeText).collect(Collectors.joining(" ")));
    }

    private Optional<String> codes(Visit visit, HttpSession session) {
        return session.getAttribute(CODES) instanceof String sealed
                ? sealer.open(purpose(visit), sealed)
                : Optional.empty();
    }

    private static String purpose(Visit visit) {
        return CODES + " of " + visit.holder().value();
    }

    @GetMapping("/codes")
    String show(Visit visit, HttpSession session, Model model) {
        Optional<String> codes = codes(visit, session);
        if (codes.isEmpty()) {
            return "redirect:" + PATH;
        }
        model.addAttribute("codes", codes.get().split(" "));
        return "customer/recovery-codes";
    }

    @PostMapping("/kept")
    String kept(HttpSession session) {
        session.removeAttribute(CODES);
        return "redirect:/bank";
    }
}
