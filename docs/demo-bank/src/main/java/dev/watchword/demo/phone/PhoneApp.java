package dev.watchword.demo.phone;

import dev.watchword.demo.phone.BankConnection.Reply;
import dev.watchword.otp.app.ReceivedRequest;
import dev.watchword.otp.app.SealedAnswer;
import dev.watchword.otp.app.SealedRequest;
import dev.watchword.otp.app.SoftwareToken;
import dev.watchword.otp.app.TokenVault;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The app on a phone: one vault with the tokens of its services, and a connection to the bank. */
final class PhoneApp {
    private static final String REFUSED = "refused";

    private final TokenVault vault;
    private final BankConnection bank;
    private final Clock clock;

    PhoneApp(TokenVault vault, BankConnection bank, Clock clock) {
        this.vault = vault;
        this.bank = bank;
        this.clock = clock;
    }

    /** Returns what the app shows of each token. The secrets leave the vault for this call only. */
    List<ShownToken> tokens() {
        List<SoftwareToken> opened = vault.tokens();
        try {
            Instant now = clock.instant();
            return opened.stream().map(token -> ShownToken.of(token, now)).toList();
        } finally {
            opened.forEach(SoftwareToken::destroy);
        }
    }

    /**
     * Sets up a token. The vault keeps the device key if the answer is lost, so that the same device can ask again.
     *
     * @return empty if the token is set up; else the bank's refusal, or one with the code {@code DOES_NOT_OPEN}
     */
    Optional<Reply> setUp(String serviceId, String userId, String password) {
        byte[] key = vault.prepare(serviceId, userId).toBytes();
        Reply reply = bank.provision(
                serviceId, userId, password, Base64.getUrlEncoder().encodeToString(key));
        if (reply.value() == null) {
            return Optional.of(reply);
        }
        SealedAnswer answer = SealedAnswer.fromBytes(Base64.getUrlDecoder().decode(reply.value()));
        Optional<SoftwareToken> token = vault.provision(answer, serviceId, userId);
        token.ifPresent(SoftwareToken::destroy);
        return token.isPresent() ? Optional.empty() : Optional.of(Reply.refused("DOES_NOT_OPEN"));
    }

    /** Deletes a token with its keys. */
    void remove(ShownToken token) {
        boolean unused = vault.remove(token.serviceId(), token.userId());
    }

    /** Returns the signing requests that the holder has not answered yet. */
    List<ShownRequest> requests() {
        List<ShownRequest> shown = new ArrayList<>();
        for (ShownToken token : tokens()) {
            received(token).forEach(request -> shown.add(ShownRequest.of(token.institution(), request)));
        }
        return shown;
    }

    /** Answers a request for the holder, and returns the bank's reply. */
    Reply answer(String requestId, boolean approved) {
        for (ShownToken token : tokens()) {
            for (ReceivedRequest request : received(token)) {
                if (request.id().equals(requestId)) {
                    return answer(request, approved);
                }
            }
        }
        return Reply.refused("NO_REQUEST");
    }

    private Reply answer(ReceivedRequest request, boolean approved) {
        Instant now = clock.instant();
        Optional<String> response = approved
                ? vault.approve(request, now)
                : Optional.of(REFUSED).filter(word -> vault.refuse(request, now));
        return response.map(text -> bank.answer(request.id(), text)).orElse(Reply.refused("NO_REQUEST"));
    }

    /** Opens the requests that wait for a token, except those that have expired, were answered, or are not from the bank. */
    private List<ReceivedRequest> received(ShownToken token) {
        List<ReceivedRequest> received = new ArrayList<>();
        for (String waiting : bank.requests(token.userId())) {
            SealedRequest sealed =
                    SealedRequest.fromBytes(Base64.getUrlDecoder().decode(waiting));
            if (vault.open(sealed, token.serviceId(), token.userId(), clock.instant())
                    instanceof ReceivedRequest request) {
                received.add(request);
            }
        }
        return received;
    }
}
