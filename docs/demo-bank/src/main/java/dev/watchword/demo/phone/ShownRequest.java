package dev.watchword.demo.phone;

import dev.watchword.otp.app.ReceivedRequest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A signing request as the app shows it.
 *
 * @param id the ID of the request
 * @param institution the name of the institution that the token contains
 * @param details all details in their order
 * @param expiresAt the first instant at which the holder can no longer answer
 */
record ShownRequest(String id, String institution, Map<String, String> details, Instant expiresAt) {
    static ShownRequest of(String institution, ReceivedRequest request) {
        Map<String, String> details = new LinkedHashMap<>();
        request.details().forEach(details::put);
        return new ShownRequest(request.id(), institution, details, request.expiresAt());
    }
}
