package dev.watchword.demo.transfer;

import dev.watchword.demo.app.AppClient;
import dev.watchword.demo.phone.Owner;
import dev.watchword.demo.visit.Bank;
import dev.watchword.otp.app.Pkcs12KeyStore;
import dev.watchword.otp.app.ReceivedRequest;
import dev.watchword.otp.app.SealedAnswer;
import dev.watchword.otp.app.SealedRequest;
import dev.watchword.otp.app.TokenVault;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;

/** An app of a test, which lets the test repeat what it sends. */
final class Device {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final TokenVault vault;
    private final AppClient bank;
    private final Clock clock;
    private final String userId;

    private Device(TokenVault vault, AppClient bank, Clock clock, String userId) {
        this.vault = vault;
        this.bank = bank;
        this.clock = clock;
        this.userId = userId;
    }

    /** The answer that the app sends after an approval. */
    record Approval(String requestId, String response) {}

    /** Sets up a new token of a customer, and activates it. */
    static Device of(Owner owner, Bank bank, Path directory) {
        String userId = owner.issue();
        Pkcs12KeyStore keys = Pkcs12KeyStore.open(directory.resolve("keys"), "lock".toCharArray(), RANDOM);
        TokenVault vault = TokenVault.at(directory.resolve("vault"), keys, RANDOM);
        AppClient client = new AppClient(bank);
        byte[] key = vault.prepare(Owner.SERVICE_ID, userId).toBytes();
        HttpResponse<String> answer = client.post(
                "/app/provisioning",
                "userId",
                userId,
                "password",
                Owner.ACTIVATION_PASSWORD,
                "deviceKey",
                Base64.getUrlEncoder().encodeToString(key));
        SealedAnswer sealed = SealedAnswer.fromBytes(Base64.getUrlDecoder().decode(answer.body()));
        vault.provision(sealed, Owner.SERVICE_ID, userId).orElseThrow().destroy();
        Device device = new Device(vault, client, bank.bean(Clock.class), userId);
        owner.activate(device.code());
        return device;
    }

    String code() {
        return vault.tokens().get(0).code(clock.instant()).orElseThrow();
    }

    /** Opens the only waiting request and approves it, but sends nothing. */
    Approval approve() {
        String waiting = bank.post("/app/requests", "userId", userId).body().replaceAll("[\\[\\]\"]", "");
        SealedRequest sealed = SealedRequest.fromBytes(Base64.getUrlDecoder().decode(waiting));
        ReceivedRequest request = (ReceivedRequest) vault.open(sealed, Owner.SERVICE_ID, userId, clock.instant());
        return new Approval(
                request.id(), vault.approve(request, clock.instant()).orElseThrow());
    }

    HttpResponse<String> send(Approval approval) {
        return bank.post("/app/answers", "requestId", approval.requestId(), "response", approval.response());
    }

    HttpResponse<String> refuse(Approval approval) {
        return bank.post("/app/answers", "requestId", approval.requestId(), "response", "refused");
    }
}
