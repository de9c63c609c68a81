package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.OcraSuite;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.lifecycle.internal.Once;
import dev.watchword.otp.lifecycle.internal.RandomText;
import dev.watchword.otp.lifecycle.internal.engine.Context;
import dev.watchword.otp.lifecycle.internal.machine.Decision;
import dev.watchword.otp.lifecycle.internal.machine.NewSoftwareToken;
import dev.watchword.otp.lifecycle.internal.sealing.HashedSecrets;
import dev.watchword.otp.lifecycle.internal.sealing.PasswordHasher;
import dev.watchword.otp.lifecycle.internal.sealing.SecretSealer;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.SealedSecret;
import dev.watchword.otp.lifecycle.model.SecretText;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.SigningKey;
import dev.watchword.otp.lifecycle.policy.SerialForm;
import org.jspecify.annotations.Nullable;

/** A software token that is being issued. It hashes its activation password at most once, and destroys its secrets at the end. */
final class NewToken implements AutoCloseable {
    private final Context context;
    private final SecretSealer sealer;
    private final String password;
    private final boolean generated;
    private final Once<SealedSecret> hash;
    private final OtpSecret secret;
    private final @Nullable OtpSecret signing;

    NewToken(Context context, SecretSealer sealer, PasswordHasher hasher, Holder holder, @Nullable String chosen) {
        this.context = context;
        this.sealer = sealer;
        generated = context.policy().software().generatedPassword();
        password = generated ? RandomText.bindingCode(context.random()) : requireNonNull(chosen, "password");
        hash = new Once<>(() -> hasher.hash(holder, HashedSecrets.ACTIVATION_PASSWORD, password));
        secret = OtpSecret.random(context.policy().codes().profile().algorithm(), context.random());
        OcraSuite suite = context.policy().signing().appSuite();
        signing =
                suite == null || !context.signsInApps() ? null : OtpSecret.random(suite.algorithm(), context.random());
    }

    /**
     * Draws a serial number and encrypts the secret for it. Throws an {@link IllegalStateException} if the policy does not allow
     * the form of the drawn number.
     */
    NewSoftwareToken draw() {
        SerialNumber serial = context.numbers().serial();
        SerialForm form = context.policy().serials();
        if (!form.allows(serial)) {
            throw new IllegalStateException(
                    "The number source drew a serial number that the policy does not allow; it must draw " + form);
        }
        return new NewSoftwareToken(serial, sealer.seal(serial, secret), hash.get(), signing(serial));
    }

    private @Nullable SigningKey signing(SerialNumber serial) {
        return signing == null
                ? null
                : SigningKey.builder()
                        .suite(requireNonNull(context.policy().signing().appSuite()))
                        .secret(sealer.sealSigning(serial, signing))
                        .build();
    }

    Issued issued(Decision decision) {
        return Issued.of(
                requireNonNull(decision.enrolment().userId()),
                Registration.of(decision.enrolment(), context.now()),
                generated ? SecretText.of(password) : null);
    }

    @Override
    public void close() {
        secret.destroy();
        if (signing != null) {
            signing.destroy();
        }
    }
}
