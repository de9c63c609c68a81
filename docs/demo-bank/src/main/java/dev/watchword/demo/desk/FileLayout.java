package dev.watchword.demo.desk;

import dev.watchword.otp.lifecycle.seeds.CsvSeedReader;
import dev.watchword.otp.lifecycle.seeds.PskcKey;
import dev.watchword.otp.lifecycle.seeds.PskcReader;
import dev.watchword.otp.lifecycle.seeds.SeedReader;
import dev.watchword.otp.lifecycle.seeds.TextLayout;
import dev.watchword.otp.lifecycle.seeds.TextLayouts;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;

/** The forms of a maker's file that the desk imports. */
enum FileLayout {
    HEADINGS,
    SERIAL_HEX,
    OATH_CSV,
    ENTRA,
    SERIAL_BASE64_COUNTER,
    YUBICO,
    YUBICO_TRADITIONAL,
    PSKC,
    PSKC_PASSWORD,
    PSKC_KEY;

    /** A key of 128, 192 or 256 bits in hexadecimal. */
    private static final Pattern AES_KEY = Pattern.compile("[0-9A-Fa-f]{32}([0-9A-Fa-f]{16}){0,2}");

    /** {@return whether a text has the form of the password or key that this layout needs} */
    boolean accepts(String secret) {
        return switch (this) {
            case PSKC_PASSWORD -> !secret.isEmpty();
            case PSKC_KEY -> AES_KEY.matcher(secret).matches();
            default -> true;
        };
    }

    /**
     * Opens a file.
     *
     * @param file the file
     * @param secret the password, or the key in hexadecimal, of an encrypted file; it {@linkplain #accepts fits}
     * @return the reader
     */
    SeedReader open(InputStream file, String secret) {
        return switch (this) {
            case HEADINGS -> CsvSeedReader.open(file, TextLayout.DEFAULT);
            case SERIAL_HEX -> CsvSeedReader.open(file, TextLayouts.SERIAL_HEX);
            case OATH_CSV -> CsvSeedReader.open(file, TextLayouts.OATH_CSV);
            case ENTRA -> CsvSeedReader.open(file, TextLayouts.ENTRA);
            case SERIAL_BASE64_COUNTER -> CsvSeedReader.open(file, TextLayouts.SERIAL_BASE64_COUNTER);
            case YUBICO -> CsvSeedReader.open(file, TextLayouts.YUBICO);
            case YUBICO_TRADITIONAL -> CsvSeedReader.open(file, TextLayouts.YUBICO_TRADITIONAL);
            case PSKC -> PskcReader.open(file, PskcKey.none());
            case PSKC_PASSWORD -> PskcReader.open(file, PskcKey.password(secret.toCharArray()));
            case PSKC_KEY -> PskcReader.open(file, key(secret));
        };
    }

    private static PskcKey key(String secret) {
        return PskcKey.preShared(new SecretKeySpec(HexFormat.of().parseHex(secret), "AES"));
    }
}
