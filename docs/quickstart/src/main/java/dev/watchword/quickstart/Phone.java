package dev.watchword.quickstart;

import dev.watchword.otp.app.DevicePublicKey;
import dev.watchword.otp.app.OpenedRequest;
import dev.watchword.otp.app.Pkcs12KeyStore;
import dev.watchword.otp.app.ReceivedRequest;
import dev.watchword.otp.app.SealedAnswer;
import dev.watchword.otp.app.SealedRequest;
import dev.watchword.otp.app.TokenVault;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.StringJoiner;

/** The app on the holder's phone. The vault is a file, and the phone's key store keeps the key of the vault. */
final class Phone {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String SERVICE_ID = Bank.SERVICE_ID.value();

    private final TokenVault vault;
    private final Clock clock;

    Phone(Path folder, Clock clock) {
        Pkcs12KeyStore keys = Pkcs12KeyStore.open(folder.resolve("phone.p12"), "of the phone".toCharArray(), RANDOM);
        vault = TokenVault.at(folder.resolve("phone.vault"), keys, RANDOM);
        this.clock = clock;
    }

    /** Returns the device key, which the app sends with the entered user ID and activation password. */
    DevicePublicKey prepare(String userId) {
        return vault.prepare(SERVICE_ID, userId);
    }

    /** Decrypts the server's answer, which no other device can decrypt, and describes the stored token. */
    String take(SealedAnswer answer, String userId) {
        return vault.provision(answer, SERVICE_ID, userId)
                .map(token -> token.institution() + ", serial " + token.serial())
                .orElseThrow();
    }

    /** Returns a code of eight digits. A new code appears every minute. */
    String code() {
        return vault.tokens().get(0).code(clock.instant()).orElseThrow();
    }

    /**
     * The holder's approval of a transaction.
     *
     * @param shown the purpose and the details that the app showed
     * @param response the response that the app sends
     */
    record Signed(String shown, String response) {}

    /** Opens a signing request, which no other device can open, and approves it. */
    Signed sign(SealedRequest request) {
        String userId = vault.tokens().get(0).userId();
        OpenedRequest opened = vault.open(request, SERVICE_ID, userId, clock.instant());
        if (opened instanceof ReceivedRequest received) {
            StringJoiner shown = new StringJoiner(", ");
            shown.add(inWords(received.purpose()));
            received.details().forEach((name, value) -> shown.add(name + " " + value));
            return new Signed(
                    shown.toString(), vault.approve(received, clock.instant()).orElseThrow());
        }
        throw new IllegalStateException("The app shows no request: " + opened);
    }

    private static String inWords(String purpose) {
        return switch (purpose) {
            case "funds-transfer" -> "transfer";
            default -> throw new IllegalStateException("The app must know each purpose; update it to show " + purpose);
        };
    }

    /** Returns a wrong code, such as a person without the phone would enter. */
    String wrongCode() {
        String right = code();
        char last = right.charAt(7);
        return right.substring(0, 7) + (last == '9' ? '0' : (char) (last + 1));
    }
}
