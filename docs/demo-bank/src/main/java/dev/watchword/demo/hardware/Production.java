package dev.watchword.demo.hardware;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.OcraSuite;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.seeds.PskcKey;
import dev.watchword.otp.lifecycle.seeds.PskcWriter;
import dev.watchword.otp.lifecycle.seeds.Seed;
import dev.watchword.otp.lifecycle.seeds.SeedLabel;
import dev.watchword.otp.lifecycle.seeds.SeedProfile;
import dev.watchword.otp.lifecycle.seeds.SeedSigning;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Consumer;

/** Produces tokens: draws their secrets and writes their seed file. */
final class Production {
    private static final String MAKER = "TokenMaker";
    private static final String HEADINGS = "serial,secret_hex,kind,digits,step,algorithm,expiry,manufacturer,model";

    /** A response depends on the challenge and the minute, so the virtual token needs no memory for a counter. */
    private static final OcraSuite SUITE = OcraSuite.parse("OCRA-1:HOTP-SHA1-8:QN08-T1M");

    /** The second half of a delivery is newer, so a renewal gives a token that is valid for longer. */
    private static final Duration LATER = Duration.ofDays(3 * 365);

    private static final SecureRandom RANDOM = new SecureRandom();

    private Production() {}

    /** Returns the bytes of a file of new tokens. */
    static byte[] of(SeedFile file, Instant expiresAt) {
        return file.isPskc() ? pskc(file, expiresAt) : csv(file, expiresAt);
    }

    private static byte[] csv(SeedFile file, Instant expiresAt) {
        StringBuilder text = new StringBuilder(HEADINGS).append('\n');
        for (int i = 0; i < file.tokens(); i++) {
            boolean bad = file == SeedFile.FAULTY && i > 0;
            String secret = bad && i == 1 ? "31323334" : secretHex();
            String digits = bad && i == 2 ? "12" : Integer.toString(TotpProfile.BANK.digits());
            text.append(String.join(
                            ",",
                            Long.toString(file.firstSerial() + i),
                            secret,
                            "TOTP",
                            digits,
                            Long.toString(TotpProfile.BANK.timeStep().toSeconds()),
                            TotpProfile.BANK.algorithm().name(),
                            (i < file.tokens() / 2 ? expiresAt : expiresAt.plus(LATER)).toString(),
                            MAKER,
                            "C200"))
                    .append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String secretHex() {
        OtpSecret secret = OtpSecret.random(TotpProfile.BANK.algorithm(), RANDOM);
        byte[] bytes = secret.exposeBytes();
        try {
            return HexFormat.of().formatHex(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
            secret.destroy();
        }
    }

    private static byte[] pskc(SeedFile file, Instant expiresAt) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PskcWriter writer = PskcWriter.open(bytes, PskcKey.none(), RANDOM)) {
            for (int i = 0; i < file.tokens(); i++) {
                withKeypad(file.firstSerial() + i, expiresAt, writer::write);
            }
        }
        return bytes.toByteArray();
    }

    private static void withKeypad(long serial, Instant expiresAt, Consumer<Seed> consumer) {
        Seed seed = Seed.builder()
                .serial(new SerialNumber(Long.toString(serial)))
                .secret(OtpSecret.random(TotpProfile.BANK.algorithm(), RANDOM))
                .profile(new SeedProfile.ForTotp(TotpProfile.BANK, 0, 0))
                .signing(new SeedSigning(SUITE, OtpSecret.random(HmacAlgorithm.SHA1, RANDOM), 0))
                .expiresAt(expiresAt)
                .labels(Map.of(SeedLabel.MANUFACTURER, MAKER, SeedLabel.MODEL, "K300"))
                .build();
        try {
            consumer.accept(seed);
        } finally {
            seed.destroy();
        }
    }
}
