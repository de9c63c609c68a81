package dev.watchword.demo.hardware;

import dev.watchword.otp.Ocra;
import dev.watchword.otp.OcraInput;
import dev.watchword.otp.Totp;
import dev.watchword.otp.lifecycle.seeds.Seed;
import dev.watchword.otp.lifecycle.seeds.SeedLabel;
import dev.watchword.otp.lifecycle.seeds.SeedProfile;
import dev.watchword.otp.lifecycle.seeds.SeedSigning;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A hardware token on the table: what is printed on it, and what its display shows.
 *
 * @param serial the serial number on the back
 * @param expiresAt the expiry on the back
 * @param model the model
 * @param keypad whether it has a keypad, and signs transactions
 * @param drift how far its clock is ahead; negative if it is behind
 * @param code the code on the display; {@code null} while the display is dark
 * @param response the response to the typed challenge; {@code null} if none was typed
 */
record HardwareToken(
        String serial,
        Instant expiresAt,
        String model,
        boolean keypad,
        Duration drift,
        @Nullable String code,
        @Nullable String response) {
    /** A token that lay in a drawer: further off than the first code may be, but within the range of two codes. */
    private static final String OLD = "101199980028";

    private static final Duration OLD_DRIFT = Duration.ofMinutes(-15);

    /** Returns a token whose display is dark. */
    static HardwareToken of(Seed seed) {
        String serial = seed.serial().value();
        return new HardwareToken(
                serial,
                Objects.requireNonNull(seed.expiresAt(), "expiry"),
                seed.labels().getOrDefault(SeedLabel.MODEL, ""),
                seed.signing() != null,
                serial.equals(OLD) ? OLD_DRIFT : Duration.ZERO,
                null,
                null);
    }

    /** Returns the token after its button was pressed. */
    HardwareToken lit(Seed seed, Instant now) {
        SeedProfile.ForTotp profile = (SeedProfile.ForTotp) seed.profile();
        String shown = Totp.of(profile.profile(), seed.secret()).generate(now.plus(drift));
        return new HardwareToken(serial, expiresAt, model, keypad, drift, shown, null);
    }

    /** Returns the token after a challenge was typed. A challenge that it does not take leaves the display dark. */
    HardwareToken answering(String challenge, Seed seed, Instant now) {
        SeedSigning signing = seed.signing();
        if (signing == null || !signing.suite().isChallenge(challenge)) {
            return this;
        }
        OcraInput input = OcraInput.of(challenge).withTime(now.plus(drift));
        String shown = Ocra.of(signing.suite(), signing.secret()).generate(input);
        return new HardwareToken(serial, expiresAt, model, keypad, drift, null, shown);
    }

    @Override
    public String toString() {
        return "HardwareToken[serial=" + serial + ", redacted]";
    }
}
