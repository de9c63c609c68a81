package dev.watchword.otp.support;

import dev.watchword.otp.signing.SigningRequest;
import dev.watchword.otp.signing.TransactionDetails;
import java.time.Instant;

/** A request to sign a transfer, for the token of the manual's example. */
public final class SampleRequest {
    /** The expiry of the request. */
    public static final Instant EXPIRY = Instant.parse("2015-08-26T01:35:00.000001Z");

    private SampleRequest() {}

    /** Returns the five details of the transfer. */
    public static TransactionDetails details() {
        return TransactionDetails.builder()
                .add("受取人", "とまと商店")
                .add("account", "0123-4567890")
                .add("amount", "20000")
                .add("currency", "JPY")
                .add("reference", "")
                .build();
    }

    /** Returns the request. */
    public static SigningRequest request() {
        return SigningRequest.builder()
                .id("00112233445566778899aabbccddeeff")
                .serviceId("10112235")
                .userId("999800000001")
                .serial("243725864")
                .purpose("funds-transfer")
                .nonce("f0e1d2c3b4a5968778695a4b3c2d1e0f")
                .expiresAt(EXPIRY)
                .details(details())
                .build();
    }
}
