package dev.watchword.demo.customer;

import dev.watchword.demo.bank.Customers;
import dev.watchword.demo.bank.TokenNotice;
import dev.watchword.otp.lifecycle.model.Registration;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The page after the login. */
@Controller
class HomeController {
    private final Customers customers;

    HomeController(Customers customers) {
        this.customers = customers;
    }

    @GetMapping("/bank")
    String home(Visit visit, Model model) {
        model.addAttribute("customer", customers.of(visit.holder()));
        Registration registration = visit.registration();
        model.addAttribute("registration", registration);
        model.addAttribute("notice", TokenNotice.of(registration, visit.at()));
        return "customer/home";
    }
}
