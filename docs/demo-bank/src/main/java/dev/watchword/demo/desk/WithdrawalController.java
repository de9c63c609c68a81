package dev.watchword.demo.desk;

import dev.watchword.demo.bank.Sealer;
import dev.watchword.otp.lifecycle.OperatorDesk;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.operations.BulkAction;
import dev.watchword.otp.lifecycle.operations.BulkJob;
import dev.watchword.otp.lifecycle.operations.BulkResult;
import dev.watchword.otp.lifecycle.operations.Selection;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Withdraws a batch or a range of serial numbers, after a page that lists what would change. The plan is encrypted in the address of
 * that page, so the run does exactly what the page showed, whichever instance serves it.
 */
@Controller
@RequestMapping("/desk/stock/withdraw-many")
class WithdrawalController {
    private static final int SHOWN = 100;
    private static final String PURPOSE = "withdrawal";

    private final Desks desks;
    private final Sealer links;
    private final FormErrors words;

    WithdrawalController(Desks desks, Sealer links, FormErrors words) {
        this.desks = desks;
        this.links = links;
        this.words = words;
    }

    @GetMapping
    String form(Model model) {
        return show(WithdrawalForm.EMPTY, List.of(), model);
    }

    @PostMapping
    String plan(
            @ModelAttribute("form") WithdrawalForm form,
            Model model,
            Locale language,
            HttpServletRequest request,
            RedirectAttributes redirect) {
        Optional<Selection> selection = form.selection();
        if (selection.isEmpty()) {
            return show(form, List.of(words.of("batch", language)), model);
        }
        return job(desks.of(request), selection.get(), form)
                .fold(
                        job -> {
                            redirect.addAttribute("plan", links.seal(PURPOSE, form.text()));
                            return "redirect:/desk/stock/withdraw-many/plan";
                        },
                        refused -> show(form, words.of(refused, language), model));
    }

    /** Lists what would change, and changes nothing. */
    @GetMapping("/plan")
    String dryRun(@RequestParam String plan, Model model, HttpServletRequest request) {
        List<SerialNumber> first = new ArrayList<>();
        WithdrawalForm form = open(plan);
        BulkResult would = job(request, form).dryRun(item -> {
            if (first.size() < SHOWN && item.serial() != null) {
                first.add(item.serial());
            }
        });
        model.addAttribute("plan", plan);
        model.addAttribute("form", form);
        model.addAttribute("would", would);
        model.addAttribute("first", first);
        return "desk/plan";
    }

    @PostMapping("/run")
    String run(@RequestParam String plan, HttpServletRequest request, RedirectAttributes redirect) {
        BulkResult result = job(request, open(plan)).run(handled -> {});
        redirect.addFlashAttribute("withdrawn", result.changed());
        redirect.addAttribute("state", "WITHDRAWN");
        return "redirect:/desk/stock";
    }

    private BulkJob job(HttpServletRequest request, WithdrawalForm form) {
        return job(desks.of(request), form.selection().orElseThrow(), form).orElseThrow();
    }

    private static Outcome<BulkJob> job(OperatorDesk desk, Selection selection, WithdrawalForm form) {
        return desk.bulk(selection, BulkAction.withdraw(), form.reason());
    }

    private WithdrawalForm open(String plan) {
        return links.open(PURPOSE, plan)
                .map(WithdrawalForm::of)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private static String show(WithdrawalForm form, List<FormError> errors, Model model) {
        model.addAttribute("form", form);
        model.addAttribute("errors", errors);
        return "desk/withdraw-many";
    }
}
