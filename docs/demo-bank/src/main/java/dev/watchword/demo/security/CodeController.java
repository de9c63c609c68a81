package dev.watchword.demo.security;

import dev.watchword.demo.bank.TokenNotice;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Registration;
import java.security.Principal;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * The page of the code step. Its visitor has passed the first factor, so it says if no code can be accepted, and what to do. This depends
 * on the registration only and not on the code that was entered: the page does not tell a right code of a suspended token from a wrong one.
 */
@Controller
class CodeController {
    static final String PATH = "/code";

    private final TokenService tokens;
    private final Clock clock;

    CodeController(TokenService tokens, Clock clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    @GetMapping(PATH)
    String code(@Nullable Principal user, Model model) {
        if (user == null) {
            return "redirect:/login";
        }
        Registration registration = tokens.registration(new Holder(user.getName()));
        if (registration.suspension() != null) {
            return "suspended";
        }
        model.addAttribute("state", TokenNotice.of(registration, clock.instant()));
        return "code";
    }
}
