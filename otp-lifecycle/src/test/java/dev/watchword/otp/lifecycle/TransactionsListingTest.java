package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.watchword.otp.OcraSuite;
import dev.watchword.otp.app.SealedRequest;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Origin;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.RequestId;
import dev.watchword.otp.lifecycle.policy.SigningPolicy;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import dev.watchword.otp.lifecycle.policy.TypedDetail;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.support.Listings;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.signing.TransactionDetails;
import dev.watchword.otp.testing.FakeOcraDevice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The listings of docs/transactions.md are the regions of this file, in their order, and run. */
class TransactionsListingTest extends InstitutionFixture {
    private final Map<RequestId, TransactionDetails> waiting = new HashMap<>();
    private final List<byte[]> pushed = new ArrayList<>();
    private final List<String> shown = new ArrayList<>();

    @Test
    void listingsAreRegions() {
        Listings.assertRegionsOf(TransactionsListingTest.class, "transactions.md");
    }

    private void push(Holder holder, byte[] request) {
        assertEquals(TARO, holder);
        pushed.add(request);
    }

    private void show(String text) {
        shown.add(text);
    }

    private TransactionDetails pending(RequestId id) {
        return requireNonNull(waiting.get(id));
    }

    private String execute(RequestId id) {
        return waiting.remove(id) == null ? "executed before" : "executed";
    }

    @Test
    void anAppConfirms() {
        Holder taro = TARO;
        FakePhone phone = activate(taro);
        // region
        TransactionDetails transfer = TransactionDetails.builder()
                .add("payee", "0123456")
                .add("amount", "50000")
                .add("currency", "JPY")
                .build();
        RequestedSignature request = bank.from(Origin.NONE.reference("transfer 4711"))
                .tokens()
                .requestSignature(taro, Purpose.FUNDS_TRANSFER, transfer)
                .orElseThrow();
        push(taro, request.sealedRequest().orElseThrow().toBytes());
        // end
        waiting.put(request.id(), transfer);
        String response = phone.approve(SealedRequest.fromBytes(pushed.get(0)));
        // region
        String outcome = bank.tokens()
                .confirm(taro, request.id(), pending(request.id()), response)
                .fold(accepted -> execute(request.id()), refused -> "not executed: " + refused.refusal());
        // end

        assertEquals("executed", outcome);
    }

    @Test
    void aHolderRefuses() {
        Holder taro = TARO;
        activate(taro).secret().destroy();
        RequestedSignature request = bank.tokens()
                .requestSignature(taro, Purpose.FUNDS_TRANSFER, TransactionDetails.of("payee", "0123456"))
                .orElseThrow();
        // region
        bank.tokens().refuse(taro, request.id()).orElseThrow();
        // end
    }

    @Test
    void aHolderTypesAChallenge() {
        Holder hanako = HANAKO;
        TransactionDetails transfer = TransactionDetails.of("payee", "0123456");
        FakeOcraDevice keypad = activateKeypad(hanako, SERIAL, OcraSuite.parse("OCRA-1:HOTP-SHA1-8:C-QN08"));
        // region
        RequestedSignature typed = bank.tokens()
                .requestSignature(hanako, Purpose.FUNDS_TRANSFER, transfer)
                .orElseThrow();
        show("Type into the token: " + typed.challenge().orElseThrow());
        // end
        String challenge = shown.get(0).substring(shown.get(0).length() - 8);

        assertAccepted(tokens.confirm(hanako, typed.id(), transfer, keypad.respond(challenge)));
    }

    @Test
    void aHolderTypesTheAccountNumber() {
        // region
        TokenPolicy policy = TokenPolicy.BANK.withSigning(SigningPolicy.BANK.toBuilder()
                .typedDetail(TypedDetail.of("payee", 7))
                .build());
        // end

        assertEquals(
                "10123456",
                requireNonNull(policy.signing().typedDetail())
                        .challenge(TransactionDetails.of("payee", "012-3456"))
                        .orElseThrow());
    }

    @Test
    void theInstitutionWithdraws() {
        Holder taro = TARO;
        activate(taro).secret().destroy();
        RequestedSignature request = bank.tokens()
                .requestSignature(taro, Purpose.FUNDS_TRANSFER, TransactionDetails.of("payee", "0123456"))
                .orElseThrow();
        // region
        OperatorDesk transfers = bank.desk(new Operator("transfers"));
        transfers
                .withdrawRequest(taro, request.id(), "the details were changed after the request")
                .orElseThrow();
        // end
        // region
        boolean isOpen = bank.tokens().registration(taro).openRequests().stream()
                .anyMatch(open -> open.id().equals(request.id()));
        // end

        assertFalse(isOpen);
    }
}
