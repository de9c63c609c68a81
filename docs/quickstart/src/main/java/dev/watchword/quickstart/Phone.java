package dev.watchword.quickstart;

import dev.watchword.otp.app.DevicePublicKey;
import dev.watchword.otp.app.Pkcs12KeyStore;
import dev.watchword.otp.app.SealedAnswer;
import dev.watchword.otp.app.TokenVault;
import dev.watchword.otp.lifecycle.UserId;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;

/** The app on the holder's phone: its vault lies in a file, whose key the phone's key store keeps. */
final class Phone {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String SERVICE_ID = Institution.SERVICE_ID.value();

    private final TokenVault vault;
    private final Clock clock;

    Phone(Path folder, Clock clock) {
        Pkcs12KeyStore keys = Pkcs12KeyStore.open(folder.resolve("phone.p12"), "of the phone".toCharArray(), RANDOM);
        vault = TokenVault.at(folder.resolve("phone.vault"), keys, RANDOM);
        this.clock = clock;
    }

    /** The key to send with the user ID and the activation password that were entered. */
    DevicePublicKey prepare(UserId userId) {
        return vault.prepare(SERVICE_ID, userId.value());
    }

    /** Takes the server's answer, which no other device can open, and says what it has now. */
    String take(SealedAnswer answer, UserId userId) {
        return vault.provision(answer, SERVICE_ID, userId.value())
                .map(token -> token.institution() + ", serial " + token.serial())
                .orElseThrow();
    }

    /** A code of eight digits, another one each minute. */
    String code() {
        return vault.tokens().get(0).code(clock.instant()).orElseThrow();
    }

    /** What somebody enters who does not have the phone. */
    String wrongCode() {
        String right = code();
        char last = right.charAt(7);
        return right.substring(0, 7) + (last == '9' ? '0' : (char) (last + 1));
    }
}
