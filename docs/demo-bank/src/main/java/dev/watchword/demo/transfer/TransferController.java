package dev.watchword.demo.transfer;

import dev.watchword.demo.bank.Customer;
import dev.watchword.demo.bank.Customers;
import dev.watchword.demo.bank.TokenNotice;
import dev.watchword.otp.TypedCode;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Origin;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Refused;
import dev.watchword.otp.lifecycle.model.Registration;
import java.security.Principal;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** The customer's pages for transfers. */
@Controller
@RequestMapping("/bank/transfer")
class TransferController {
    private final Transfers transfers;
    private final Customers customers;
    private final TokenService tokens;
    private final Clock clock;

    TransferController(Transfers transfers, Customers customers, TokenService tokens, Clock clock) {
        this.transfers = transfers;
        this.customers = customers;
        this.tokens = tokens;
        this.clock = clock;
    }

    @GetMapping
    String form(Principal user, Model model) {
        model.addAttribute("form", TransferForm.empty());
        return form(customer(user), model);
    }

    @PostMapping
    String order(
            Principal user,
            Origin origin,
            @ModelAttribute("form") TransferForm form,
            BindingResult errors,
            Model model) {
        Customer customer = customer(user);
        Optional<Payment> payment = form.read(customer.transferLimit(), errors);
        if (payment.isEmpty()) {
            return form(customer, model);
        }
        Outcome<Transfer> ordered =
                transfers.order(origin, customer.holder(), form.transfer(customer.holder()), payment.get());
        return ordered.fold(
                transfer -> transfer.payment().equals(payment.get())
                        ? "redirect:/bank/transfer/" + transfer.id()
                        : usedBefore(customer, form, transfer, model),
                refused -> {
                    errors.reject(TransferMessages.ofOrder(refused.refusal()));
                    return form(customer, model);
                });
    }

    /** The customer went back to a form that was sent, and changed it. Shows it as a form of another transfer, which is not ordered yet. */
    private String usedBefore(Customer customer, TransferForm form, Transfer earlier, Model model) {
        model.addAttribute("form", form.ofAnotherTransfer());
        model.addAttribute("earlier", earlier);
        return form(customer, model);
    }

    private String form(Customer customer, Model model) {
        Registration registration = tokens.registration(customer.holder());
        model.addAttribute("customer", customer);
        model.addAttribute("status", registration.status());
        model.addAttribute("notice", TokenNotice.of(registration, clock.instant()));
        model.addAttribute("transfers", transfers.of(customer.holder()));
        return "transfer/form";
    }

    @GetMapping("/{id}")
    String show(Principal user, @PathVariable String id, Model model) {
        return page(transfer(user, id), model);
    }

    /** Takes the response of a token with a keypad. */
    @PostMapping("/{id}")
    String confirm(
            Principal user,
            Origin origin,
            @PathVariable String id,
            @RequestParam @Nullable String response,
            Model model) {
        Transfer transfer = transfer(user, id);
        String typed = Objects.toString(TypedCode.normalise(response), "");
        Outcome<Transfer> confirmed = transfers.confirm(origin, transfer.request(), typed);
        if (confirmed instanceof Refused<Transfer> refused) {
            Transfer now = transfer(user, id);
            if (now.state() == TransferState.WAITING) {
                model.addAttribute("problem", TransferMessages.ofConfirmation(refused));
                return page(now, model);
            }
        }
        return "redirect:/bank/transfer/" + id;
    }

    @PostMapping("/{id}/cancellation")
    String cancel(Principal user, Origin origin, @PathVariable String id) {
        Outcome<Transfer> unused = transfers.refuse(origin, transfer(user, id).request(), TransferState.CANCELLED);
        return "redirect:/bank/transfer/" + id;
    }

    private static String page(Transfer transfer, Model model) {
        model.addAttribute("transfer", transfer);
        return "transfer/transfer";
    }

    /** Another customer's transfer is as absent as one that does not exist. */
    private Transfer transfer(Principal user, String id) {
        return transfers
                .find(new Holder(user.getName()), id)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private Customer customer(Principal user) {
        return customers.of(new Holder(user.getName()));
    }
}
