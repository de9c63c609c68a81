package dev.watchword.demo.customer;

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
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    /** After these refusals the clock or the counter of the token may be far off, so two consecutive codes can help. */
    private static final Set<Refusal> ASKS_FOR_TWO_CODES =
            EnumSet.of(Refusal.WRONG_CODE, Refusal.WRONG_SERIAL, Refusal.RESYNCHRONISATION_REQUIRED);

    /** The page has a field for a second code after a refusal that two codes can help, or if the customer wants to enter two at once. */
    @GetMapping
    String confirmation(Visit visit, @RequestParam(defaultValue = "false") boolean two, Model model) {
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
        return activate(visit, form)
                .fold(
                        activated -> {
                            CodeStep.complete(request, response);
                            return "redirect:" + PATH + "/done";
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
        return form.nextCode() != null || ASKS_FOR_TWO_CODES.contains(refused.refusal());
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

    @GetMapping("/done")
    String done(Visit visit, Model model) {
        TokenInfo token = visit.registration().token();
        if (token == null || token.kind() != TokenKind.HARDWARE) {
            return OtpController.TO_SELECTION;
        }
        model.addAttribute("token", token);
        return "customer/hardware-activation-done";
    }
}
