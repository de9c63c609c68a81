package dev.watchword.demo.desk;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.seeds.CsvSeedReader;
import dev.watchword.otp.lifecycle.seeds.PskcKey;
import dev.watchword.otp.lifecycle.seeds.PskcReader;
import dev.watchword.otp.lifecycle.seeds.SeedReader;
import dev.watchword.otp.lifecycle.seeds.TextLayout;
import dev.watchword.otp.lifecycle.seeds.TextLayouts;
import java.io.InputStream;
import java.util.HexFormat;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The forms of a maker's file that the desk imports. */
enum FileLayout {
    HEADINGS(TextLayout.DEFAULT),
    SERIAL_HEX(TextLayouts.SERIAL_HEX),
    OATH_CSV(TextLayouts.OATH_CSV),
    ENTRA(TextLayouts.ENTRA),
    SERIAL_BASE64_COUNTER(TextLayouts.SERIAL_BASE64_COUNTER),
    YUBICO(TextLayouts.YUBICO),
    YUBICO_TRADITIONAL(TextLayouts.YUBICO_TRADITIONAL),
    PSKC(null),
    PSKC_PASSWORD(null),
    PSKC_KEY(null);

    private final @Nullable TextLayout text;

    FileLayout(@Nullable TextLayout text) {
        this.text = text;
    }

    /**
     * Opens a file.
     *
     * @param file the file
     * @param secret the password, or the key in hexadecimal, of an encrypted file
     * @return the reader
     * @throws IllegalArgumentException if the secret is no password or key
     */
    SeedReader open(InputStream file, String secret) {
        return text == null ? PskcReader.open(file, key(secret)) : CsvSeedReader.open(file, requireNonNull(text));
    }

    private PskcKey key(String secret) {
        return switch (this) {
            case PSKC_PASSWORD -> PskcKey.password(secret.toCharArray());
            case PSKC_KEY -> PskcKey.preShared(new SecretKeySpec(HexFormat.of().parseHex(secret), "AES"));
            default -> PskcKey.none();
        };
    }
}
