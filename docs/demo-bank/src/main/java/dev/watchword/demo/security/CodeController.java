package dev.watchword.demo.security;

import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.TokenInfo;
import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
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
        model.addAttribute("state", state(registration, clock.instant()));
        return "code";
    }

    /** Returns the message that says why no code of a token can be accepted, or {@code null}. */
    private static @Nullable String state(Registration registration, Instant now) {
        TokenInfo token = registration.token();
        if (token == null) {
            return null;
        }
        if (token.suspension() == null) {
            return now.isBefore(token.expiresAt()) ? null : "otp.state.expired";
        }
        if (token.suspension().operator() == null) {
            return "otp.state.failures";
        }
        return registration.pending() == null ? "otp.state.suspended" : "otp.state.replaced";
    }
}
