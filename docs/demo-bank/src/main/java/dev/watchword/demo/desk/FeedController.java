package dev.watchword.demo.desk;

import dev.watchword.demo.bank.Customer;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.model.ConsumerName;
import dev.watchword.otp.lifecycle.model.FeedDecision;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.ParkedStream;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Refused;
import dev.watchword.otp.lifecycle.operations.Histories;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The events that a consumer could not handle, and the operator's decision about each. */
@Controller
class FeedController {
    private final Consumers consumers;
    private final HolderPages pages;
    private final Institution institution;
    private final Helpdesks helpdesks;
    private final HolderSearch search;
    private final Histories histories;
    private final FormErrors words;

    FeedController(
            Consumers consumers,
            HolderPages pages,
            Institution institution,
            Helpdesks helpdesks,
            HolderSearch search,
            Histories histories,
            FormErrors words) {
        this.consumers = consumers;
        this.pages = pages;
        this.institution = institution;
        this.helpdesks = helpdesks;
        this.search = search;
        this.histories = histories;
        this.words = words;
    }

    /** The two decisions. */
    enum Choice {
        RETRY,
        SKIP
    }

    @GetMapping("/desk/feed")
    String feed(Model model) {
        List<Consumers.State> states = consumers.states();
        model.addAttribute("consumers", states);
        model.addAttribute(
                "names",
                search.names(states.stream()
                        .flatMap(state -> state.parked().stream())
                        .map(stream -> stream.holder().value())));
        return "desk/feed";
    }

    @GetMapping("/desk/feed/{consumer}/{loginId}")
    String parked(@PathVariable String consumer, @PathVariable String loginId, Model model, Locale language) {
        return show(name(consumer), pages.customer(loginId), "", List.of(), model, language);
    }

    /** Decides about the event, as it was parked when the operator saw it. Another decision may have been faster. */
    @PostMapping("/desk/feed/{consumer}/{loginId}")
    String decide(
            @PathVariable String consumer,
            @PathVariable String loginId,
            @RequestParam long number,
            @RequestParam Instant since,
            @RequestParam String reason,
            @RequestParam Choice choice,
            Model model,
            Locale language,
            HttpServletRequest request,
            RedirectAttributes redirect) {
        ConsumerName name = name(consumer);
        Customer customer = pages.customer(loginId);
        Outcome<FeedDecision> outcome = consumers
                .parked(name, customer.holder())
                .filter(stream -> stream.number() == number && stream.since().equals(since))
                .map(parked -> decide(name, parked, choice, Desks.operator(request), reason))
                .orElse(Refused.of(Refusal.NOT_PARKED));
        return outcome.fold(
                decided -> done(choice.name(), redirect),
                refused -> refused.refusal() == Refusal.NOT_PARKED
                        ? done("OVERTAKEN", redirect)
                        : show(name, customer, reason, words.of(refused, language), model, language));
    }

    private static String done(String what, RedirectAttributes redirect) {
        redirect.addFlashAttribute("done", what);
        return "redirect:/desk/feed";
    }

    private Outcome<FeedDecision> decide(
            ConsumerName name, ParkedStream parked, Choice choice, Operator operator, String reason) {
        return switch (choice) {
            case RETRY -> institution.consumers().retry(name, parked, operator, reason);
            case SKIP -> institution.consumers().skip(name, parked, operator, reason);
        };
    }

    private String show(
            ConsumerName name, Customer customer, String reason, List<FormError> errors, Model model, Locale language) {
        Optional<ParkedStream> parked = consumers.parked(name, customer.holder());
        if (parked.isEmpty()) {
            return "redirect:/desk/feed";
        }
        long number = parked.get().number();
        model.addAttribute("consumer", name);
        model.addAttribute("customer", customer);
        model.addAttribute("parked", parked.get());
        model.addAttribute(
                "sentences", helpdesks.in(language).history(histories.read(customer.holder(), number - 1, 1)));
        model.addAttribute("decisions", consumers.decisions(customer.holder()));
        model.addAttribute("reason", reason);
        model.addAttribute("errors", errors);
        return "desk/parked";
    }

    private ConsumerName name(String text) {
        return consumers.name(text).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
