package dev.watchword.otp.lifecycle.stock;

import java.io.InputStream;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a CSV (RFC 4180) of tokens that are in use in another system, with a header, in UTF-8, record by record.
 *
 * <p>Its columns, in any order: {@code holder}; {@code token}, which is {@code SOFTWARE} or {@code HARDWARE}; {@code serial};
 * {@code secret_hex} or {@code secret_base32}; {@code kind}, which is {@code TOTP} or {@code HOTP}; {@code digits}; {@code
 * step}, in seconds, for TOTP; {@code counter}, of the next code, for HOTP; {@code expiry}, a date and time with the offset
 * from UTC. Those may be missing or empty: {@code algorithm} (SHA1, SHA256 or SHA512; SHA1 if empty); {@code last_step}, the
 * last time step whose code was accepted, counted from 1970, for TOTP; {@code drift}, by how many time steps the clock is
 * known to be fast, for TOTP; {@code user_id}; {@code mail_address}; {@code suspended}, why it is suspended, which is one of
 * {@link dev.watchword.otp.lifecycle.SuspensionReason}.
 */
public final class CsvTokenReader extends RecordReader<TokenRecord> {
    private static final Set<CsvColumn> KNOWN = Collections.unmodifiableSet(
            EnumSet.complementOf(EnumSet.of(CsvColumn.START, CsvColumn.MANUFACTURER, CsvColumn.MODEL)));

    private static final Set<CsvColumn> REQUIRED = Collections.unmodifiableSet(EnumSet.of(
            CsvColumn.HOLDER, CsvColumn.TOKEN, CsvColumn.SERIAL, CsvColumn.KIND, CsvColumn.DIGITS, CsvColumn.EXPIRY));

    private final CsvTable table;

    private CsvTokenReader(CsvTable table) {
        this.table = table;
    }

    /**
     * Opens a file, of which nothing is read yet.
     *
     * @param file the file; closed by {@link #close()}
     * @param format what it is like
     * @return the reader
     */
    public static CsvTokenReader open(InputStream file, CsvFormat format) {
        return open(file, format, SeedLimits.DEFAULT);
    }

    /**
     * Opens a file, of which nothing is read yet.
     *
     * @param file the file; closed by {@link #close()}
     * @param format what it is like
     * @param limits how much it may ask
     * @return the reader
     */
    public static CsvTokenReader open(InputStream file, CsvFormat format, SeedLimits limits) {
        return new CsvTokenReader(new CsvTable(file, format, limits, KNOWN, REQUIRED));
    }

    @Override
    @Nullable
    TokenRecord read() {
        return table.<TokenRecord>read((place, row) -> new TokenRecord.Good(place, row.foreignToken()), bad -> bad);
    }

    @Override
    public void close() {
        table.close();
    }
}
