package dev.watchword.demo.customer;

import dev.watchword.demo.bank.Drafts;
import dev.watchword.otp.lifecycle.RecoveryCodes;
import dev.watchword.otp.lifecycle.model.RegistrationStatus;
import dev.watchword.otp.lifecycle.model.SecretText;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** The creation of recovery codes, with which a customer whose token is lost can log in. */
@Controller
@RequestMapping(RecoveryController.PATH)
class RecoveryController {
    static final String PATH = "/bank/recovery";
    private static final String CODES = PATH + "/codes";

    private final Drafts drafts;

    RecoveryController(Drafts drafts) {
        this.drafts = drafts;
    }

    @GetMapping
    String form(Visit visit, Model model) {
        model.addAttribute("registration", visit.registration());
        model.addAttribute("active", visit.registration().status() == RegistrationStatus.ACTIVE);
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
                        created -> Pages.show(request, CODES, List.of(), Map.of("codes", sealed(created))),
                        refused -> Pages.again(request, PATH, Problems.of(refused)));
    }

    private String sealed(RecoveryCodes created) {
        String codes = created.codes().stream().map(SecretText::exposeText).collect(Collectors.joining(" "));
        return Base64.getEncoder().encodeToString(drafts.seal(codes));
    }

    /** Shows the codes until the customer opens another page. The library has only their hashes. */
    @GetMapping("/codes")
    String codes(HttpServletRequest request, Model model) {
        Optional<String> codes = Pages.kept(request, "codes")
                .flatMap(kept -> drafts.open(Base64.getDecoder().decode(kept)));
        if (codes.isEmpty()) {
            return "redirect:" + PATH;
        }
        model.addAttribute("codes", codes.get().split(" "));
        return "customer/recovery-codes";
    }
}
