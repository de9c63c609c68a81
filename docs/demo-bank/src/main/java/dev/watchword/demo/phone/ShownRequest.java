package dev.watchword.demo.phone;

import dev.watchword.otp.app.ReceivedRequest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A signing request as the app shows it.
 *
 * @param id the ID of the request
 * @param institution the name of the institution that the token contains
 * @param purpose the purpose, such as {@code funds-transfer}
 * @param details all details in their order; an amount has commas, as on the bank's pages, but the signature is over the text without them
 * @param expiresAt the first instant at which the holder can no longer answer
 */
record ShownRequest(String id, String institution, String purpose, Map<String, String> details, Instant expiresAt) {
    private static final Pattern AMOUNT = Pattern.compile("[1-9][0-9]{0,11}");

    static ShownRequest of(String institution, ReceivedRequest request) {
        Map<String, String> details = new LinkedHashMap<>();
        request.details().forEach((name, value) -> details.put(name, isAmount(name, value) ? grouped(value) : value));
        return new ShownRequest(request.id(), institution, request.purpose(), details, request.expiresAt());
    }

    private static boolean isAmount(String name, String value) {
        return name.equals("amount") && AMOUNT.matcher(value).matches();
    }

    private static String grouped(String digits) {
        return String.format(Locale.ROOT, "%,d", Long.parseLong(digits));
    }
}
