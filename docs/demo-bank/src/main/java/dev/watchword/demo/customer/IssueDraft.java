package dev.watchword.demo.customer;

import dev.watchword.otp.lifecycle.SoftwareRequest;
import java.time.Instant;

/**
 * The entries of the first page of a software token, until the customer confirms them.
 *
 * @param mail the mail address
 * @param activationPassword the activation password
 * @param mailedAt when the mail code was sent to the address
 */
record IssueDraft(String mail, String activationPassword, Instant mailedAt) {
    SoftwareRequest request() {
        return SoftwareRequest.of(mail, activationPassword);
    }

    IssueDraft mailedAt(Instant later) {
        return new IssueDraft(mail, activationPassword, later);
    }

    @Override
    public String toString() {
        return "IssueDraft[redacted]";
    }
}
