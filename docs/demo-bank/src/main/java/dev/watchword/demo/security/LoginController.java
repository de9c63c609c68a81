package dev.watchword.demo.security;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The pages of the first factor. */
@Controller
class LoginController {
    static final String PATH = "/login";

    /** The login of customers after a logout, and after the end of a login while a form was open. */
    static final String LOGGED_OUT = "/login?logout";

    static final String ENDED = "/login?ended";

    @GetMapping(PATH)
    String customer() {
        return "login";
    }

    @GetMapping("/desk/login")
    String operator() {
        return "desk/login";
    }
}
