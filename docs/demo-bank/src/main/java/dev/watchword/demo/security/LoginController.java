package dev.watchword.demo.security;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The pages of the first factor. */
@Controller
class LoginController {
    @GetMapping("/login")
    String customer() {
        return "login";
    }

    @GetMapping("/desk/login")
    String operator() {
        return "desk/login";
    }
}
