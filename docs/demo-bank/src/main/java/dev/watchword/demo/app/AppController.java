package dev.watchword.demo.app;

import dev.watchword.demo.transfer.Pushes;
import dev.watchword.demo.transfer.Transfer;
import dev.watchword.demo.transfer.TransferState;
import dev.watchword.demo.transfer.Transfers;
import dev.watchword.otp.app.DevicePublicKey;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.Provisioned;
import dev.watchword.otp.lifecycle.model.Origin;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.RequestId;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.UserId;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The interface for apps. It has no session, because an app has no login: the activation password authenticates its first request, and
 * later answers are signatures. A malformed request is a 400 without a body, and a refused one a 422 with an {@link AppRefusal}.
 */
@RestController
@RequestMapping(path = "/app", consumes = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
class AppController {
    private static final String REFUSED = "refused";
    private static final Pattern ANSWER = Pattern.compile("[0-9]{6,10}|" + REFUSED);
    private static final int MAX_KEY = 2048;

    private final ServiceId serviceId;
    private final Institution institution;
    private final Transfers transfers;
    private final Pushes pushes;

    AppController(ServiceId serviceId, Institution institution, Transfers transfers, Pushes pushes) {
        this.serviceId = serviceId;
        this.institution = institution;
        this.transfers = transfers;
        this.pushes = pushes;
    }

    /**
     * Gives an app its token. An app that serves several institutions also sends the service ID that was typed. If it is another one, the
     * device could not open the answer, so the bank refuses before it spends the activation password.
     */
    @PostMapping(
            path = "/provisioning",
            produces = {MediaType.TEXT_PLAIN_VALUE, MediaType.APPLICATION_JSON_VALUE})
    ResponseEntity<?> provision(
            Origin origin,
            @RequestParam(required = false) @Nullable String serviceId,
            @RequestParam(required = false) @Nullable String userId,
            @RequestParam(required = false) @Nullable String password,
            @RequestParam(required = false) @Nullable String deviceKey) {
        Optional<DevicePublicKey> device = device(deviceKey);
        if (UserId.parse(userId).isEmpty() || password == null || device.isEmpty()) {
            return malformed();
        }
        if (serviceId != null && !serviceId.equals(this.serviceId.value())) {
            return refused(AppRefusal.OTHER_SERVICE);
        }
        Outcome<Provisioned> outcome = institution.from(origin).tokens().provision(userId, password, device.get());
        return outcome.fold(
                provisioned -> ResponseEntity.ok()
                        .contentType(MediaType.TEXT_PLAIN)
                        .body(Base64.getUrlEncoder()
                                .encodeToString(provisioned.sealedAnswer().toBytes())),
                refused -> refused(AppRefusal.ofProvisioning(refused)));
    }

    /** Returns the signing requests that wait for a user's app. */
    @PostMapping(path = "/requests", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<?> requests(@RequestParam(required = false) @Nullable String userId) {
        Optional<UserId> user = UserId.parse(userId);
        return user.isPresent() ? ResponseEntity.ok(pushes.waiting(user.get())) : malformed();
    }

    /**
     * Takes the response to a signing request, or the word {@code refused}. Only the device that opened the request has its ID.
     */
    @PostMapping(path = "/answers", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<?> answer(
            Origin origin,
            @RequestParam(required = false) @Nullable String requestId,
            @RequestParam(required = false) @Nullable String response) {
        Optional<RequestId> id = RequestId.parse(requestId);
        if (id.isEmpty() || response == null || !ANSWER.matcher(response).matches()) {
            return malformed();
        }
        Outcome<Transfer> outcome = response.equals(REFUSED)
                ? transfers.refuse(origin, id.get(), TransferState.REFUSED)
                : transfers.confirm(origin, id.get(), response);
        return outcome.fold(
                transfer -> ResponseEntity.ok(new Settled(transfer.state().name())),
                refused -> refused(AppRefusal.ofAnswer(refused)));
    }

    /** The state of a transaction after an answer. */
    record Settled(String state) {}

    private static Optional<DevicePublicKey> device(@Nullable String text) {
        if (text == null || text.length() > MAX_KEY) {
            return Optional.empty();
        }
        try {
            return Optional.of(DevicePublicKey.fromBytes(Base64.getUrlDecoder().decode(text)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static ResponseEntity<?> malformed() {
        return ResponseEntity.badRequest().build();
    }

    private static ResponseEntity<?> refused(AppRefusal refusal) {
        return ResponseEntity.unprocessableContent()
                .contentType(MediaType.APPLICATION_JSON)
                .body(refusal);
    }
}
