package dev.watchword.demo.phone;

import static java.util.Objects.requireNonNull;

import dev.watchword.demo.bank.JapanTime;
import dev.watchword.demo.phone.BankConnection.Reply;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.context.annotation.Profile;
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
import org.springframework.web.client.RestClientException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The screens of the phones. */
@Controller
@Profile("demo")
@RequestMapping("/phones")
class PhoneController {
    private final Phones phones;
    private final JapanTime time;

    PhoneController(Phones phones, JapanTime time) {
        this.phones = phones;
        this.time = time;
    }

    @GetMapping
    String list(Model model) {
        model.addAttribute("phones", Phones.NAMES);
        return "phone/list";
    }

    /** Shows the codes and the waiting requests, or the setup on a phone without a token. */
    @GetMapping("/{phone}")
    String show(@PathVariable String phone, Model model) {
        PhoneApp app = open(phone);
        List<ShownToken> tokens = app.tokens();
        if (tokens.isEmpty()) {
            return setup(phone, model);
        }
        model.addAttribute("tokens", tokens);
        model.addAttribute(
                "secondsLeft",
                tokens.stream()
                        .mapToLong(ShownToken::secondsLeft)
                        .filter(left -> left > 0)
                        .min()
                        .orElse(0));
        try {
            model.addAttribute("requests", app.requests());
        } catch (RestClientException e) {
            model.addAttribute("offline", true);
        }
        return "phone/phone";
    }

    @GetMapping("/{phone}/setup")
    String setup(@PathVariable String phone, Model model) {
        PhoneApp unused = open(phone);
        model.addAttribute("form", SetupForm.EMPTY);
        return "phone/setup";
    }

    @PostMapping("/{phone}/setup")
    String setUp(
            @PathVariable String phone,
            @ModelAttribute("form") SetupForm typed,
            BindingResult errors,
            Locale language) {
        PhoneApp app = open(phone);
        SetupForm form = typed.normalised();
        form.check(errors);
        if (!errors.hasErrors()) {
            send(app, form, errors, language);
        }
        return errors.hasErrors() ? "phone/setup" : "redirect:/phones/" + phone + "/done";
    }

    private void send(PhoneApp app, SetupForm form, BindingResult errors, Locale language) {
        try {
            Optional<Reply> refused = app.setUp(
                    requireNonNull(form.serviceId()), requireNonNull(form.userId()), requireNonNull(form.password()));
            refused.ifPresent(reply -> errors.reject(
                    "phone.error." + reply.code(), new Object[] {time.minute(reply.notBefore(), language)}, null));
        } catch (RestClientException e) {
            errors.reject("phone.error.UNREACHABLE");
        }
    }

    @GetMapping("/{phone}/done")
    String done(@PathVariable String phone, Model model) {
        List<ShownToken> tokens = open(phone).tokens();
        model.addAttribute("tokens", tokens);
        return tokens.isEmpty() ? "redirect:/phones/" + phone : "phone/done";
    }

    @GetMapping("/{phone}/removal")
    String confirmRemoval(@PathVariable String phone, @RequestParam String userId, Model model) {
        model.addAttribute("token", token(open(phone), userId));
        return "phone/removal";
    }

    @PostMapping("/{phone}/removal")
    String remove(@PathVariable String phone, @RequestParam String userId) {
        PhoneApp app = open(phone);
        app.remove(token(app, userId));
        return "redirect:/phones/" + phone;
    }

    @PostMapping("/{phone}/requests/{id}")
    String answer(
            @PathVariable String phone,
            @PathVariable String id,
            @RequestParam boolean approved,
            RedirectAttributes next) {
        next.addFlashAttribute("answered", answer(open(phone), id, approved));
        return "redirect:/phones/" + phone;
    }

    private static String answer(PhoneApp app, String id, boolean approved) {
        try {
            Reply reply = app.answer(id, approved);
            return "phone.answered." + (reply.value() == null ? reply.code() : reply.value());
        } catch (RestClientException e) {
            return "phone.error.UNREACHABLE";
        }
    }

    private static ShownToken token(PhoneApp app, String userId) {
        return app.tokens().stream()
                .filter(token -> token.userId().equals(userId))
                .findFirst()
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    private PhoneApp open(String phone) {
        return phones.open(phone).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
