package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.app.TokenContents;
import dev.watchword.otp.lifecycle.spi.KeySource;
import dev.watchword.otp.lifecycle.spi.NumberSource;
import dev.watchword.otp.lifecycle.spi.TokenListener;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Builds a {@link TokenService}. Not safe for use by several threads. */
public final class TokenServiceBuilder {
    final ServiceId serviceId;
    final TokenStore store;
    final KeySource keys;
    final Clock clock;
    String institution;
    TokenPolicy policy = TokenPolicy.BANK;
    SecureRandom random = new SecureRandom();

    @Nullable
    NumberSource numbers;

    /** Makes the machine of a policy. */
    Function<TokenPolicy, TokenMachine> machine = TokenMachine::new;

    /** Learns of each search for a code how many time steps it tries. */
    TokenListener listener = measured -> {};

    IntConsumer codesTried = codes -> {};

    TokenServiceBuilder(ServiceId serviceId, TokenStore store, KeySource keys, Clock clock) {
        this.serviceId = requireNonNull(serviceId, "serviceId");
        this.store = requireNonNull(store, "store");
        this.keys = requireNonNull(keys, "keys");
        this.clock = requireNonNull(clock, "clock");
        institution = serviceId.value();
    }

    /**
     * Sets the institution's name, as the app shows it; its service ID by default.
     *
     * @param name 1 to {@value TokenContents#MAX_INSTITUTION_LENGTH} characters
     * @return this builder
     * @throws IllegalArgumentException if the name has another form
     */
    public TokenServiceBuilder institution(String name) {
        institution = Require.text(name, "institution", TokenContents.MAX_INSTITUTION_LENGTH);
        return this;
    }

    /**
     * Sets the institution's policy; {@link TokenPolicy#BANK} by default.
     *
     * @param newPolicy the policy
     * @return this builder
     */
    public TokenServiceBuilder policy(TokenPolicy newPolicy) {
        policy = requireNonNull(newPolicy, "policy");
        return this;
    }

    /**
     * Sets the source of randomness; a new {@link SecureRandom} by default.
     *
     * @param newRandom the source
     * @return this builder
     */
    public TokenServiceBuilder random(SecureRandom newRandom) {
        random = requireNonNull(newRandom, "random");
        return this;
    }

    /**
     * Sets what allots user IDs and serial numbers; {@link NumberSource#random} by default.
     *
     * @param newNumbers the source
     * @return this builder
     */
    public TokenServiceBuilder numbers(NumberSource newNumbers) {
        numbers = requireNonNull(newNumbers, "numbers");
        return this;
    }

    /**
     * Sets what is told of every operation, for metrics; nothing by default.
     *
     * @param newListener the listener
     * @return this builder
     */
    public TokenServiceBuilder listener(TokenListener newListener) {
        listener = requireNonNull(newListener, "listener");
        return this;
    }

    /**
     * Builds the service.
     *
     * @return the service
     */
    public TokenService build() {
        return TokenService.of(this);
    }
}
