package dev.watchword.demo.customer;

import dev.watchword.demo.bank.Customers;
import dev.watchword.demo.bank.TokenNotice;
import dev.watchword.demo.bank.TransferLimits;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Registration;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** The change of the transfer limit, which a code of the token confirms. */
@Controller
@RequestMapping(LimitController.PATH)
class LimitController {
    static final String PATH = "/bank/limit";

    private final Customers customers;
    private final TransferLimits limits;

    LimitController(Customers customers, TransferLimits limits) {
        this.customers = customers;
        this.limits = limits;
    }

    @GetMapping
    String form(Visit visit, Model model) {
        model.addAttribute("customer", customers.of(visit.holder()));
        Registration registration = visit.registration();
        model.addAttribute("status", registration.status());
        model.addAttribute("notice", TokenNotice.of(registration, visit.at()));
        return "customer/limit";
    }

    @PostMapping
    String change(Visit visit, LimitForm form, HttpServletRequest request) {
        List<Problem> problems = form.problems();
        if (problems.isEmpty()) {
            problems = visit.tokens()
                    .verify(visit.holder(), form.code(), Purpose.CUSTOMER_DATA)
                    .fold(verified -> change(visit, form), Problems::of);
        }
        return problems.isEmpty()
                ? "redirect:" + PATH + "/done"
                : Pages.show(request, PATH, problems, Map.of("amount", form.typed()));
    }

    private List<Problem> change(Visit visit, LimitForm form) {
        return limits.change(visit.holder(), form.yen()) ? List.of() : List.of(Problem.of("changed"));
    }

    @GetMapping("/done")
    String done(Visit visit, Model model) {
        model.addAttribute("customer", customers.of(visit.holder()));
        return "customer/limit-done";
    }
}
