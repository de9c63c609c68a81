package dev.watchword.demo.desk;

import dev.watchword.demo.bank.Customer;
import dev.watchword.demo.bank.Customers;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.Registration;
import java.time.Clock;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import org.springframework.web.server.ResponseStatusException;

/** The common content of the pages about one customer. */
@Component
class HolderPages {
    private final Customers customers;
    private final TokenService tokens;
    private final Helpdesks helpdesks;
    private final Clock clock;

    HolderPages(Customers customers, TokenService tokens, Helpdesks helpdesks, Clock clock) {
        this.customers = customers;
        this.tokens = tokens;
        this.helpdesks = helpdesks;
        this.clock = clock;
    }

    Customer customer(String loginId) {
        return customers.find(loginId).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    /** Adds the customer, the registration and the situation in sentences. Returns the registration. */
    Registration show(Customer customer, Model model, Locale language) {
        Registration registration = tokens.registration(customer.holder());
        model.addAttribute("customer", customer);
        model.addAttribute("registration", registration);
        model.addAttribute("situation", helpdesks.in(language).situation(registration, clock.instant()));
        return registration;
    }
}
