package dev.watchword.otp.lifecycle.seeds;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.lifecycle.model.RecordProblem;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The column with the secret and its encoding.
 *
 * @param column the column
 * @param parser reads a secret of at least 128 bits
 * @param weakParser also reads a weaker secret
 */
record CsvSecret(TextColumn column, CsvRow.Parser<OtpSecret> parser, CsvRow.Parser<OtpSecret> weakParser) {
    private static final List<CsvSecret> ENCODINGS = List.of(
            new CsvSecret(TextColumn.SECRET_HEX, OtpSecret::fromHex, OtpSecret::weakLegacyFromHex),
            new CsvSecret(TextColumn.SECRET_BASE32, OtpSecret::fromTypedBase32, OtpSecret::weakLegacyFromTypedBase32),
            new CsvSecret(
                    TextColumn.SECRET_BASE64,
                    text -> fromBase64(text, OtpSecret::copyOf),
                    text -> fromBase64(text, OtpSecret::weakLegacyCopyOf)));

    /** Returns the encoding of the only secret among the columns. */
    static CsvSecret of(Map<TextColumn, Integer> columns) {
        for (CsvSecret secret : ENCODINGS) {
            if (columns.containsKey(secret.column)) {
                return secret;
            }
        }
        throw new IllegalStateException("The header was accepted without a column for the secret");
    }

    OtpSecret read(CsvRow row) throws Problem {
        return row.value(column, parser);
    }

    /** Reads a secret that can be weaker than 128 bits, because its token is in use. */
    OtpSecret readWeak(CsvRow row) throws Problem {
        return row.value(column, weakParser);
    }

    /** Reads a secret of at least 128 bits. The message about a weaker secret names the method that reads it. */
    OtpSecret readOfToken(CsvRow row) throws Problem {
        if (isWeak(row.stated(column))) {
            throw row.wrong(
                    RecordProblem.WEAK_SECRET,
                    column,
                    "the secret has fewer than 128 bits (RFC 4226 §4, R6); only CsvTokenReader.openWeakLegacy reads"
                            + " it, for a token that is in use");
        }
        return read(row);
    }

    private boolean isWeak(String text) {
        try {
            OtpSecret weak = weakParser.parse(text);
            byte[] bytes = weak.exposeBytes();
            weak.destroy();
            Arrays.fill(bytes, (byte) 0);
            return bytes.length < OtpSecret.MIN_LENGTH;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static OtpSecret fromBase64(String text, CsvRow.Maker maker) {
        byte[] bytes = SeedText.base64(text);
        try {
            return maker.secret(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }
}
