package dev.watchword.demo.customer;

import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Origin;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.policy.RenewalPolicy;
import java.time.Instant;

/**
 * A request of a customer. Controllers take it as a parameter.
 *
 * @param holder the customer as the holder of tokens
 * @param origin where the request came from
 * @param institution the institution, whose events record the origin
 * @param renewal the rules for successors of tokens
 * @param at when the request came
 */
record Visit(Holder holder, Origin origin, Institution institution, RenewalPolicy renewal, Instant at) {
    TokenService tokens() {
        return institution.tokens();
    }

    Registration registration() {
        return tokens().registration(holder);
    }

    Offers offers() {
        return Offers.of(registration(), renewal, at);
    }
}
