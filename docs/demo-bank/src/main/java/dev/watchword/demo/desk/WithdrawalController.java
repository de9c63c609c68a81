package dev.watchword.demo.desk;

import dev.watchword.demo.desk.WithdrawalPlans.Plan;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.operations.BulkAction;
import dev.watchword.otp.lifecycle.operations.BulkJob;
import dev.watchword.otp.lifecycle.operations.BulkResult;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
 * that page, so whichever instance serves it, the run does what the page showed. If another number of tokens would change by then, or after
 * ten minutes, the page is shown again and nothing is withdrawn.
 */
@Controller
@RequestMapping("/desk/stock/withdraw-many")
class WithdrawalController {
    private static final int SHOWN = 100;

    private final Desks desks;
    private final WithdrawalPlans plans;
    private final FormErrors words;

    WithdrawalController(Desks desks, WithdrawalPlans plans, FormErrors words) {
        this.desks = desks;
        this.plans = plans;
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
        List<FormError> wrong =
                form.wrong().stream().map(code -> words.of(code, language)).toList();
        if (!wrong.isEmpty()) {
            return show(form, wrong, model);
        }
        return job(request, form)
                .fold(
                        job -> {
                            redirect.addAttribute("plan", plans.seal(form));
                            return "redirect:/desk/stock/withdraw-many/plan";
                        },
                        refused -> show(form, words.of(refused, language), model));
    }

    /** Lists what would change, and changes nothing. */
    @GetMapping("/plan")
    String dryRun(@RequestParam String plan, Model model, Locale language, HttpServletRequest request) {
        Plan opened = open(plan);
        if (opened.isOver()) {
            return again(opened, model, language);
        }
        List<SerialNumber> first = new ArrayList<>();
        BulkResult would = job(request, opened.form()).orElseThrow().dryRun(item -> {
            if (first.size() < SHOWN && item.serial() != null) {
                first.add(item.serial());
            }
        });
        model.addAttribute("plan", plan);
        model.addAttribute("form", opened.form());
        model.addAttribute("would", would);
        model.addAttribute("first", first);
        return "desk/plan";
    }

    @PostMapping("/run")
    String run(
            @RequestParam String plan,
            @RequestParam long shown,
            Model model,
            Locale language,
            HttpServletRequest request,
            RedirectAttributes redirect) {
        Plan opened = open(plan);
        if (opened.isOver()) {
            return again(opened, model, language);
        }
        BulkJob job = job(request, opened.form()).orElseThrow();
        if (job.dryRun(item -> {}).changed() != shown) {
            redirect.addFlashAttribute("changed", true);
            redirect.addAttribute("plan", plan);
            return "redirect:/desk/stock/withdraw-many/plan";
        }
        BulkResult result = job.run(handled -> {});
        redirect.addFlashAttribute("withdrawn", result.changed());
        redirect.addAttribute("state", "WITHDRAWN");
        return "redirect:/desk/stock";
    }

    private Outcome<BulkJob> job(HttpServletRequest request, WithdrawalForm form) {
        return desks.of(request).bulk(form.selection(), BulkAction.withdraw(), form.reason());
    }

    private Plan open(String plan) {
        return plans.open(plan).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private String again(Plan over, Model model, Locale language) {
        return show(over.form(), List.of(words.of("batch.over", language)), model);
    }

    private static String show(WithdrawalForm form, List<FormError> errors, Model model) {
        model.addAttribute("form", form);
        model.addAttribute("errors", errors);
        return "desk/withdraw-many";
    }
}
