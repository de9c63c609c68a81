package dev.watchword.demo.customer;

import dev.watchword.demo.visit.Bank;
import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.operations.TokenStock;
import dev.watchword.otp.lifecycle.seeds.CsvSeedReader;
import dev.watchword.otp.lifecycle.seeds.TextColumn;
import dev.watchword.otp.lifecycle.seeds.TextLayout;
import dev.watchword.otp.lifecycle.seeds.TextLayouts;
import dev.watchword.otp.testing.FakeAuthenticator;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A hardware token in the stock of a bank.
 *
 * @param serial the serial number on its back
 * @param display its display
 */
record Stocked(String serial, FakeAuthenticator display) {
    private static final AtomicInteger NUMBER = new AtomicInteger(10_000_000);
    private static final TotpProfile PROFILE = TotpProfile.of(HmacAlgorithm.SHA1, 8, Duration.ofMinutes(1));

    /** Imports a token that expires after a time. */
    static Stocked in(Bank bank, Duration lifetime) {
        Clock clock = bank.bean(Clock.class);
        String serial = Integer.toString(NUMBER.incrementAndGet());
        OtpSecret secret = OtpSecret.random(HmacAlgorithm.SHA1, new SecureRandom());
        TextLayout layout = TextLayouts.SERIAL_HEX.toBuilder()
                .constant(TextColumn.DIGITS, "8")
                .constant(TextColumn.STEP, "60")
                .constant(TextColumn.EXPIRY, clock.instant().plus(lifetime).toString())
                .build();
        String line = serial + "," + HexFormat.of().formatHex(secret.exposeBytes()) + "\n";
        byte[] file = line.getBytes(StandardCharsets.UTF_8);
        try (CsvSeedReader reader = CsvSeedReader.open(new ByteArrayInputStream(file), layout)) {
            long imported = bank.bean(TokenStock.class)
                    .importBatch(new BatchId("test-" + serial), reader, staged -> {})
                    .orElseThrow()
                    .tokens();
            if (imported != 1) {
                throw new AssertionError(imported + " tokens were imported");
            }
        }
        return new Stocked(serial, new FakeAuthenticator(PROFILE, secret, clock));
    }
}
