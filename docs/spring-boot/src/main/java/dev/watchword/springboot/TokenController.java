package dev.watchword.springboot;

import dev.watchword.otp.app.DevicePublicKey;
import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.SoftwareRequest;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.RegistrationStatus;
import java.security.Principal;
import java.util.Base64;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The pages of a holder. */
@RestController
class TokenController {
    private final TokenService tokens;

    TokenController(TokenService tokens) {
        this.tokens = tokens;
    }

    @GetMapping("/")
    RegistrationStatus status(Principal user) {
        return tokens.registration(new Holder(user.getName())).status();
    }

    @GetMapping(path = "/token", produces = MediaType.TEXT_HTML_VALUE)
    String page(CsrfToken csrf) {
        return """
                <form method="post" action="/token">
                  <input type="hidden" name="_csrf" value="CSRF">
                  <label>Mail address <input name="mail" type="email"></label>
                  <label>Password for the app, 4 to 8 digits <input name="password"></label>
                  <button>Issue a token</button>
                </form>
                <form method="post" action="/token/activation">
                  <input type="hidden" name="_csrf" value="CSRF">
                  <label>First code of the app <input name="code"></label>
                  <button>Activate the token</button>
                </form>
                """.replace("CSRF", csrf.getToken());
    }

    @PostMapping("/token")
    String issue(Principal user, @RequestParam String mail, @RequestParam String password) {
        return tokens.issueSoftware(new Holder(user.getName()), SoftwareRequest.of(mail, password), Confirmation.NONE)
                .orElseThrow()
                .userId()
                .value();
    }

    @PostMapping("/token/activation")
    RegistrationStatus activate(Principal user, @RequestParam String code) {
        return tokens.activateSoftware(new Holder(user.getName()), Confirmation.NONE.code(code))
                .orElseThrow()
                .status();
    }

    /** The app calls this method. It has no session, and the library limits its tries. */
    @PostMapping("/app/provisioning")
    String provision(@RequestParam String userId, @RequestParam String password, @RequestParam String deviceKey) {
        return Base64.getUrlEncoder()
                .encodeToString(tokens.provision(userId, password, device(deviceKey))
                        .orElseThrow()
                        .sealedAnswer()
                        .toBytes());
    }

    private static DevicePublicKey device(String deviceKey) {
        try {
            return DevicePublicKey.fromBytes(Base64.getUrlDecoder().decode(deviceKey));
        } catch (IllegalArgumentException e) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "deviceKey is malformed", e);
        }
    }

    @PostMapping("/token/order")
    RegistrationStatus order(Principal user) {
        return tokens.orderHardware(new Holder(user.getName()), Confirmation.NONE)
                .orElseThrow()
                .status();
    }

    @PostMapping("/token/hardware-activation")
    RegistrationStatus activate(Principal user, @RequestParam String serial, @RequestParam String code) {
        return tokens.activateHardware(new Holder(user.getName()), serial, Confirmation.NONE.code(code))
                .orElseThrow()
                .status();
    }
}
