package dev.watchword.otp.spring.test;

import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.CreatedMailCode;
import dev.watchword.otp.lifecycle.Issued;
import dev.watchword.otp.lifecycle.SoftwareRequest;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.RefusedException;
import dev.watchword.otp.lifecycle.model.SecretText;
import dev.watchword.otp.lifecycle.policy.Factor;
import dev.watchword.otp.lifecycle.policy.PasswordKeeper;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.testing.FakeClock;
import java.util.Set;

/** Phones of holders for tests. It gives the confirmations that the policy asks for, also those of the bank's. Thread-safe. */
public final class FakePhones {
    /** The confirmation password that a holder receives if the library keeps the passwords. */
    public static final String CONFIRMATION_PASSWORD = "secret42";

    /** The mail address of every holder. */
    public static final String MAIL_ADDRESS = "holder@bank.example";

    private final TokenService tokens;
    private final TokenPolicy policy;
    private final FakeClock clock;

    FakePhones(TokenService tokens, TokenPolicy policy, FakeClock clock) {
        this.tokens = tokens;
        this.policy = policy;
        this.clock = clock;
    }

    /**
     * Issues a token to a holder and provisions a phone with it. The token is pending afterwards.
     *
     * @param holder a holder without a token
     * @return the phone
     * @throws RefusedException if an operation is refused
     */
    public FakePhone issued(Holder holder) {
        boolean generated = policy.software().generatedPassword();
        SoftwareRequest request = SoftwareRequest.of(MAIL_ADDRESS, generated ? null : FakePhone.ACTIVATION_PASSWORD);
        Issued issued =
                tokens.issueSoftware(holder, request, confirmation(holder)).orElseThrow();
        SecretText password = issued.activationPassword();
        return FakePhone.provisioned(
                tokens,
                issued.userId(),
                password == null ? FakePhone.ACTIVATION_PASSWORD : password.exposeText(),
                clock);
    }

    /**
     * Issues a token to a holder, provisions a phone with it and activates it. Moves the clock to the next time step, whose code is not
     * spent.
     *
     * @param holder a holder without a token
     * @return the phone
     * @throws RefusedException if an operation is refused
     */
    public FakePhone active(Holder holder) {
        FakePhone phone = issued(holder);
        tokens.activateSoftware(holder, Confirmation.NONE.code(phone.code())).orElseThrow();
        clock.toNextStep(policy.codes().profile());
        return phone;
    }

    private Confirmation confirmation(Holder holder) {
        Set<Factor> factors = policy.confirmation().factors().getOrDefault(Operation.ISSUE, Set.of());
        Confirmation confirmation = Confirmation.NONE;
        if (factors.contains(Factor.PASSWORD)) {
            confirmation = withPassword(confirmation, holder);
        }
        if (factors.contains(Factor.MAIL_CODE)) {
            CreatedMailCode created =
                    tokens.createMailCode(holder, Operation.ISSUE, MAIL_ADDRESS).orElseThrow();
            confirmation = confirmation.mailCode(created.code().exposeText());
        }
        return confirmation;
    }

    private Confirmation withPassword(Confirmation confirmation, Holder holder) {
        if (policy.confirmation().passwordKeeper() == PasswordKeeper.APPLICATION) {
            return confirmation.passwordWasRight();
        }
        tokens.setConfirmationPassword(holder, CONFIRMATION_PASSWORD).orElseThrow();
        return confirmation.password(CONFIRMATION_PASSWORD);
    }
}
