package dev.watchword.springboot;

import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.Proofs;
import dev.watchword.otp.lifecycle.model.Holder;
import java.security.Principal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The page at which a holder revokes a token. */
@RestController
class RevocationController {
    private final Proofs proofs;
    private final Accounts accounts;

    RevocationController(Proofs proofs, Accounts accounts) {
        this.proofs = proofs;
        this.accounts = accounts;
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
}
