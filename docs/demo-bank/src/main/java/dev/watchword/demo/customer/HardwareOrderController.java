package dev.watchword.demo.customer;

import dev.watchword.demo.bank.Customer;
import dev.watchword.demo.bank.Customers;
import dev.watchword.demo.bank.Shipments;
import dev.watchword.otp.lifecycle.Proofs;
import dev.watchword.otp.lifecycle.Proved;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.PendingInfo;
import dev.watchword.otp.lifecycle.model.Refused;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.TokenKind;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** The order of a hardware token, and of the successor of one that expires soon. */
@Controller
@RequestMapping(HardwareOrderController.PATH)
class HardwareOrderController {
    static final String PATH = "/bank/otp/issue/hardware";

    private final Customers customers;
    private final Shipments shipments;

    HardwareOrderController(Customers customers, Shipments shipments) {
        this.customers = customers;
        this.shipments = shipments;
    }

    @GetMapping
    String confirmation(Visit visit, Model model) {
        Offers offers = visit.offers();
        if (!offers.issue() && !offers.renew()) {
            return OtpController.TO_SELECTION;
        }
        model.addAttribute("renewal", offers.renew());
        model.addAttribute("customer", customers.of(visit.holder()));
        return "customer/hardware-order";
    }

    @PostMapping
    String order(Visit visit, Factors factors, HttpServletRequest request) {
        boolean renewal = visit.offers().renew();
        List<Problem> missing =
                renewal ? factors.missing(Factors.PASSWORD, Factors.CODE) : factors.missing(Factors.PASSWORD);
        if (!missing.isEmpty()) {
            return Pages.again(request, PATH, missing);
        }
        Outcome<Proved> proof = prove(visit, factors, renewal);
        if (proof instanceof Refused<Proved> refused) {
            return Pages.refused(request, PATH, refused);
        }
        return place(visit, proof.orElseThrow(), renewal)
                .fold(ordered -> "redirect:" + PATH + "/done", refused -> Pages.refused(request, PATH, refused));
    }

    private static Outcome<Proved> prove(Visit visit, Factors factors, boolean renewal) {
        Proofs proofs = visit.institution().proofs();
        return renewal
                ? proofs.forHardwareRenewal(visit.holder(), factors.confirmation())
                : proofs.forHardwareOrder(visit.holder(), factors.confirmation());
    }

    private Outcome<Registration> place(Visit visit, Proved proved, boolean renewal) {
        Customer customer = customers.of(visit.holder());
        return renewal
                ? shipments.renew(customer, proved.proof(), visit.origin())
                : shipments.order(customer, proved.proof(), visit.origin());
    }

    @GetMapping("/done")
    String done(Visit visit, Model model) {
        PendingInfo pending = visit.registration().pending();
        if (pending == null || pending.kind() != TokenKind.HARDWARE) {
            return OtpController.TO_SELECTION;
        }
        model.addAttribute("customer", customers.of(visit.holder()));
        return "customer/hardware-order-done";
    }
}
