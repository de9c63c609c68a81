package dev.watchword.springboot;

import dev.watchword.otp.app.DevicePublicKey;
import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.Proofs;
import dev.watchword.otp.lifecycle.SoftwareRequest;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.RegistrationStatus;
import java.security.Principal;
import java.util.Base64;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The pages of a holder. */
@RestController
class TokenController {
    private final TokenService tokens;
    private final Proofs proofs;
    private final Accounts accounts;

    TokenController(TokenService tokens, Proofs proofs, Accounts accounts) {
        this.tokens = tokens;
        this.proofs = proofs;
        this.accounts = accounts;
    }

    @GetMapping("/")
    RegistrationStatus status(Principal user) {
        return tokens.registration(new Holder(user.getName())).status();
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

    @PostMapping("/token/revocation")
    void revoke(Principal user, @RequestParam String code) {
        Holder holder = new Holder(user.getName());
        accounts.revoke(
                holder,
                proofs.forRevocation(holder, Confirmation.NONE.code(code))
                        .orElseThrow()
                        .proof());
    }

    /** The app calls this method. It has no session, and the library limits its tries. */
    @PostMapping("/app/provisioning")
    String provision(@RequestParam String userId, @RequestParam String password, @RequestParam String deviceKey) {
        DevicePublicKey device =
                DevicePublicKey.fromBytes(Base64.getUrlDecoder().decode(deviceKey));
        return Base64.getUrlEncoder()
                .encodeToString(tokens.provision(userId, password, device)
                        .orElseThrow()
                        .sealedAnswer()
                        .toBytes());
    }
}
