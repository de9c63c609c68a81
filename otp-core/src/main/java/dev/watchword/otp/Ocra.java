package dev.watchword.otp;

import static java.util.Objects.requireNonNull;

import java.security.Provider;
import java.time.Instant;
import java.util.OptionalLong;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * The challenge responses and the signatures of short data of one token (OCRA, RFC 6287). Generates and verifies
 * responses for a suite and a secret or key.
 *
 * <p>This object keeps the secret. From the second use on, it also keeps state that is derived from the secret. Release
 * it together with the secret.
 *
 * <p>Immutable and safe for use by several threads. It reads no clock, and does not record which challenges and counters
 * are spent. The caller MUST verify a response only against the challenge that the caller issued, MUST accept each
 * challenge once, and MUST advance the counter after a match.
 */
public final class Ocra {
    private final OcraSuite suite;
    private final KeyedHmac hmac;

    private Ocra(OcraSuite suite, KeyedHmac hmac) {
        this.suite = suite;
        this.hmac = hmac;
    }

    /**
     * Creates an instance from a token's secret.
     *
     * @param suite the token's suite
     * @param secret the token's secret. It is kept, not copied. Destroying it makes the instance unusable
     * @return the instance. After the secret is destroyed, every computation of a response throws an {@link
     *     IllegalStateException}
     * @throws IllegalStateException if the secret is already destroyed
     */
    public static Ocra of(OcraSuite suite, OtpSecret secret) {
        requireNonNull(suite, "suite");
        return new Ocra(suite, KeyedHmac.of(suite.algorithm(), secret));
    }

    /**
     * Creates an instance from a token's key that need not reveal its bytes, such as a key in an HSM. The first
     * installed provider that accepts the key computes the responses.
     *
     * @param suite the token's suite
     * @param key the token's key for the {@code Mac} of the suite's algorithm, such as {@code HmacSHA1}. It is kept. If
     *     it reveals its bytes, it MUST have at least {@value OtpSecret#MIN_LENGTH} of them
     * @return the instance. Computing a response throws an {@link IllegalStateException} if no provider accepts the key,
     *     and passes on any exception of the provider
     * @throws IllegalArgumentException if the key reveals its bytes and is too short
     */
    public static Ocra of(OcraSuite suite, SecretKey key) {
        return new Ocra(suite, KeyedHmac.of(suite.algorithm(), requireNonNull(key, "key"), null));
    }

    /**
     * Creates an instance from a token's key and the provider that computes with it.
     *
     * @param suite the token's suite
     * @param key the token's key for the {@code Mac} of the suite's algorithm, such as {@code HmacSHA1}. It is kept. If
     *     it reveals its bytes, it MUST have at least {@value OtpSecret#MIN_LENGTH} of them
     * @param provider the provider of the {@code Mac}. It need not be installed
     * @return the instance. Computing a response throws an {@link IllegalStateException} if the provider does not accept
     *     the key, and passes on any exception of the provider
     * @throws IllegalArgumentException if the key reveals its bytes and is too short
     */
    public static Ocra of(OcraSuite suite, SecretKey key, Provider provider) {
        return new Ocra(
                suite,
                KeyedHmac.of(suite.algorithm(), requireNonNull(key, "key"), requireNonNull(provider, "provider")));
    }

    /**
     * Generates the response to an input (RFC 6287 §5).
     *
     * @param input the inputs that the suite requires and no other
     * @return the response: exactly as many ASCII digits as the suite states. For a suite without truncation, the full
     *     HMAC in lower-case hexadecimal. The RFC defines no text for it
     * @throws IllegalArgumentException if the input does not fit the suite
     * @throws IllegalStateException if the secret is destroyed, or no provider accepts the key
     */
    public String generate(OcraInput input) {
        try (OcraMessage message = OcraMessage.of(suite, input);
                OcraResponse response = new OcraResponse(suite);
                Evaluation evaluation = hmac.begin(1)) {
            response.compute(evaluation, message);
            return response.toString();
        }
    }

    /**
     * Verifies a response against exactly the counter and the time step of the input, like {@link #verify(String,
     * OcraInput, OcraWindow)} with {@link OcraWindow#EXACT}.
     *
     * @param response the text that was entered
     * @param input the inputs that the suite requires and no other
     * @return matched, wrong or malformed
     * @throws IllegalArgumentException if the input does not fit the suite
     * @throws IllegalStateException if the secret is destroyed, or no provider accepts the key
     */
    public OcraVerification verify(String response, OcraInput input) {
        return verify(response, input, OcraWindow.EXACT);
    }

    /**
     * Verifies a response against the counters and the time steps of a window. Counters before the input's are spent
     * and never match. Always computes one HMAC for each pair of a counter and a time step, and compares all of them in
     * constant time. The duration therefore reveals neither the result nor the position of a match.
     *
     * <p>If several pairs match, the result has the lowest counter of these pairs. Among the pairs with this counter,
     * it has the step that {@link Totp#verify} would find first. The search ends at the counter {@link Long#MAX_VALUE}.
     *
     * @param response the text that was entered. A full HMAC may be in either case
     * @param input the inputs that the suite requires and no other, with the next counter that is not spent
     * @param window the counters and the time steps that are accepted, relative to those of the input
     * @return matched, wrong or malformed
     * @throws IllegalArgumentException if the input or the window does not fit the suite
     * @throws IllegalStateException if the secret is destroyed, or no provider accepts the key
     */
    public OcraVerification verify(String response, OcraInput input, OcraWindow window) {
        window.requireFor(suite);
        try (OcraMessage message = OcraMessage.of(suite, input)) {
            byte[] entered = OcraResponse.parse(response, suite);
            return entered == null
                    ? OcraVerification.MALFORMED
                    : search(entered, message, input.counter(), input.time(), window);
        }
    }

    private OcraVerification search(
            byte[] entered, OcraMessage message, @Nullable Long counter, @Nullable Instant time, OcraWindow window) {
        int reach = counter == null ? 0 : (int) Math.min(window.lookAhead(), Long.MAX_VALUE - counter);
        int[] drifts = window.steps().order();
        long now = time == null ? 0 : suite.stepAt(time);
        int found = -1;
        try (OcraResponse computed = new OcraResponse(suite);
                Evaluation evaluation = hmac.begin((reach + 1) * drifts.length)) {
            for (int place = (reach + 1) * drifts.length - 1; place >= 0; place--) {
                if (counter != null) {
                    message.setCounter(counter + place / drifts.length);
                }
                if (time != null) {
                    message.setStep(now + drifts[place % drifts.length]);
                }
                computed.compute(evaluation, message);
                found = computed.isEqual(entered) ? place : found;
            }
        }
        if (found < 0) {
            return OcraVerification.WRONG;
        }
        int drift = drifts[found % drifts.length];
        return new OcraVerification.Matched(
                counter == null ? OptionalLong.empty() : OptionalLong.of(counter + found / drifts.length),
                time == null ? OptionalLong.empty() : OptionalLong.of(now + drift),
                drift);
    }

    @Override
    public String toString() {
        return "Ocra[" + suite + ", redacted]";
    }
}
