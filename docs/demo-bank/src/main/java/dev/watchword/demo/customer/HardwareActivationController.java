package dev.watchword.demo.customer;

import dev.watchword.demo.bank.TransferLimits;
import dev.watchword.otp.lifecycle.model.OrderState;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.PendingInfo;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.Refused;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.TokenInfo;
import dev.watchword.otp.lifecycle.model.TokenKind;
import dev.watchword.otp.spring.security.CodeStep;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The activation of a hardware token (BOK501, BOK502). */
@Controller
@RequestMapping(HardwareActivationController.PATH)
class HardwareActivationController {
    static final String PATH = "/bank/otp/activate/hardware";

    private final TransferLimits limits;

    HardwareActivationController(TransferLimits limits) {
        this.limits = limits;
    }

    /**
     * The page has a field for a second code if the customer wants to enter two, or if the library requires them. A wrong code does not open
     * it: the page would tell a wrong code from a wrong serial number.
     */
    @GetMapping
    String confirmation(Visit visit, @RequestParam @Nullable Boolean two, Model model) {
        PendingInfo pending = visit.registration().pending();
        boolean ready = visit.offers().activate();
        if (pending == null || pending.kind() != TokenKind.HARDWARE || (!ready && isSent(pending))) {
            return OtpController.TO_SELECTION;
        }
        model.addAttribute("ready", ready);
        model.addAttribute("two", two);
        return "customer/hardware-activation";
    }

    @PostMapping
    String activate(
            Visit visit, HardwareActivationForm form, HttpServletRequest request, HttpServletResponse response) {
        List<Problem> missing = form.missing();
        if (!missing.isEmpty()) {
            return Pages.show(request, PATH, missing, values(form, form.nextCode() != null));
        }
        boolean renewal = visit.registration().token() != null;
        return activate(visit, form)
                .fold(
                        activated -> {
                            CodeStep.complete(request, response);
                            return "redirect:" + PATH + "/done" + (renewal ? "?renewed=true" : "");
                        },
                        refused -> refused(request, form, refused));
    }

    private static String refused(HttpServletRequest request, HardwareActivationForm form, Refused<?> refused) {
        return Problems.isOfState(refused)
                ? Pages.refused(request, PATH, refused)
                : Pages.show(request, PATH, Problems.ofHardwareActivation(refused), values(form, asks(form, refused)));
    }

    private static Outcome<Registration> activate(Visit visit, HardwareActivationForm form) {
        return form.hasTwoCodes()
                ? visit.tokens().activateHardware(visit.holder(), form.serial(), form.confirmation(), form.nextCode())
                : visit.tokens().activateHardware(visit.holder(), form.serial(), form.confirmation());
    }

    private static boolean asks(HardwareActivationForm form, Refused<?> refused) {
        return form.nextCode() != null || refused.refusal() == Refusal.RESYNCHRONISATION_REQUIRED;
    }

    private static Map<String, String> values(HardwareActivationForm form, boolean twoCodes) {
        Map<String, String> values = new HashMap<>();
        values.put("serial", form.serial() == null ? "" : form.serial());
        if (twoCodes) {
            values.put("twoCodes", "yes");
        }
        return values;
    }

    private static boolean isSent(PendingInfo pending) {
        return pending.order() != null && pending.order().state() == OrderState.SENT;
    }

    /** The registration no longer has the token that the new one replaced, so a parameter says that there was one. */
    @GetMapping("/done")
    String done(Visit visit, @RequestParam(defaultValue = "false") boolean renewed, Model model) {
        TokenInfo token = visit.registration().token();
        if (token == null || token.kind() != TokenKind.HARDWARE) {
            return OtpController.TO_SELECTION;
        }
        model.addAttribute("token", token);
        model.addAttribute("renewed", renewed);
        model.addAttribute("lowered", limits.isLowered(visit.holder()));
        return "customer/hardware-activation-done";
    }
}
