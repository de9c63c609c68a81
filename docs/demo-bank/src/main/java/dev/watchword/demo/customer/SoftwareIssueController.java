package dev.watchword.demo.customer;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.model.PendingInfo;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Refused;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.TokenKind;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** The issue of a software token: the entries, their confirmation, and the result. */
@Controller
@RequestMapping(SoftwareIssueController.ENTRY)
class SoftwareIssueController {
    static final String ENTRY = "/bank/otp/issue/software";
    private static final String CONFIRM = ENTRY + "/confirm";

    /** The reasons for which right entries without factors are refused. */
    private static final Set<Refusal> UNCONFIRMED = EnumSet.of(Refusal.NO_MAIL_CODE, Refusal.FACTOR_MISSING);

    private final IssueDrafts drafts;
    private final MailLimit limit;
    private final MailCodes mailCodes;

    SoftwareIssueController(IssueDrafts drafts, MailLimit limit, MailCodes mailCodes) {
        this.drafts = drafts;
        this.limit = limit;
        this.mailCodes = mailCodes;
    }

    @GetMapping
    String entry(Visit visit, HttpSession session, Model model) {
        if (!visit.offers().issue()) {
            return OtpController.TO_SELECTION;
        }
        drafts.find(session, visit.holder()).ifPresent(draft -> model.addAttribute("mail", draft.mail()));
        return "customer/software-entry";
    }

    @PostMapping
    String entered(Visit visit, SoftwareForm form, HttpServletRequest request) {
        Optional<Refused<?>> refused = check(visit, form);
        if (refused.isPresent() && Problems.isOfState(refused.get())) {
            return Pages.refused(request, ENTRY, refused.get());
        }
        List<Problem> problems = refused.map(Problems::of).orElseGet(() -> {
            String mail = requireNonNull(form.mail());
            String password = requireNonNull(form.activationPassword());
            return mail(visit, request, new IssueDraft(mail, password, visit.at()));
        });
        return problems.isEmpty() ? "redirect:" + CONFIRM : Pages.show(request, ENTRY, problems, form.values());
    }

    /**
     * Lets the library check the entries. A proof without factors changes nothing: it is refused for the fields, or, if they are right,
     * for the missing mail code or password.
     */
    private static Optional<Refused<?>> check(Visit visit, SoftwareForm form) {
        return visit.institution()
                .proofs()
                .forSoftwareIssue(visit.holder(), form.request(), Confirmation.NONE)
                .fold(
                        proved -> Optional.empty(),
                        refused -> Optional.<Refused<?>>of(refused)
                                .filter(reason -> !UNCONFIRMED.contains(reason.refusal())));
    }

    /** Mails a code to the address of a draft, and keeps the draft. */
    private List<Problem> mail(Visit visit, HttpServletRequest request, IssueDraft draft) {
        if (!limit.allow(visit.holder())) {
            return List.of(Problem.of("too-many-mails"));
        }
        return mailCodes
                .send(visit, draft.mail())
                .fold(
                        sentAt -> {
                            drafts.keep(request.getSession(), visit.holder(), draft.mailedAt(sentAt));
                            return List.of();
                        },
                        Problems::of);
    }

    @GetMapping("/confirm")
    String confirmation(Visit visit, HttpSession session, Model model) {
        return drafts.find(session, visit.holder())
                .map(draft -> {
                    model.addAttribute("mail", draft.mail());
                    model.addAttribute("mailedAt", draft.mailedAt());
                    return "customer/software-confirm";
                })
                .orElse("redirect:" + ENTRY);
    }

    @PostMapping("/mail")
    String mailAgain(Visit visit, HttpServletRequest request) {
        List<Problem> problems = drafts.find(request.getSession(), visit.holder())
                .map(draft -> mail(visit, request, draft))
                .orElse(List.of());
        return Pages.again(request, CONFIRM, problems);
    }

    @PostMapping("/abandon")
    String abandon(HttpSession session) {
        drafts.drop(session);
        return OtpController.TO_SELECTION;
    }

    @PostMapping("/confirm")
    String confirmed(Visit visit, Factors factors, HttpServletRequest request) {
        IssueDraft draft = drafts.find(request.getSession(), visit.holder()).orElse(null);
        if (draft == null) {
            return "redirect:" + ENTRY;
        }
        List<Problem> missing = factors.missing(Factors.MAIL_CODE, Factors.PASSWORD);
        if (!missing.isEmpty()) {
            return Pages.again(request, CONFIRM, missing);
        }
        return visit.tokens()
                .issueSoftware(visit.holder(), draft.request(), factors.confirmation())
                .fold(
                        issued -> {
                            drafts.drop(request.getSession());
                            return "redirect:" + ENTRY + "/done";
                        },
                        refused -> Pages.refused(request, CONFIRM, refused));
    }

    /** The result is the state of the customer, so it can be loaded again. */
    @GetMapping("/done")
    String done(Visit visit, Model model) {
        Registration registration = visit.registration();
        PendingInfo pending = registration.pending();
        if (pending == null || pending.kind() != TokenKind.SOFTWARE) {
            return OtpController.TO_SELECTION;
        }
        model.addAttribute("registration", registration);
        model.addAttribute(
                "mail", visit.tokens().mailAddress(visit.holder()).orElseThrow().value());
        model.addAttribute("now", visit.at());
        return "customer/software-done";
    }
}
