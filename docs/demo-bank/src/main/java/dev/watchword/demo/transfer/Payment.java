package dev.watchword.demo.transfer;

import dev.watchword.otp.signing.TransactionDetails;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A payment in yen.
 *
 * @param payee the payee's account number, 7 digits
 * @param payeeName the payee's name
 * @param amount the amount, 1 or more
 */
public record Payment(String payee, String payeeName, long amount) {
    /**
     * {@return the details that the customer confirms, in the order in which the app shows them; empty if a text has characters that an
     * app must not show, such as one that changes the direction of the text}
     */
    public Optional<TransactionDetails> details() {
        try {
            return Optional.of(TransactionDetails.builder()
                    .add("payee", payee)
                    .add("payeeName", payeeName)
                    .add("amount", Long.toString(amount))
                    .add("currency", "JPY")
                    .build());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** {@return SHA-256 over the encoded details, 64 hexadecimal digits} */
    static String fingerprint(TransactionDetails details) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(details.encode()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
