package dev.watchword.otp.lifecycle.stock;

import java.io.InputStream;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a CSV (RFC 4180) with a header, in UTF-8, record by record.
 *
 * <p>Its columns, in any order: {@code serial}; {@code secret_hex} or {@code secret_base32}, which says how the secret is
 * written; {@code kind}, which is {@code TOTP} or {@code HOTP}; {@code digits}; {@code step}, in seconds, for TOTP; {@code
 * counter} for HOTP. Those may be missing: {@code algorithm} (SHA1, SHA256 or SHA512; SHA1 if empty), {@code start} and
 * {@code expiry} (date and time with the offset from UTC), {@code manufacturer}, {@code model}.
 */
public final class CsvSeedReader extends SeedReader {
    private static final Set<CsvColumn> KNOWN =
            Collections.unmodifiableSet(EnumSet.range(CsvColumn.SERIAL, CsvColumn.MODEL));

    private static final Set<CsvColumn> REQUIRED =
            Collections.unmodifiableSet(EnumSet.of(CsvColumn.SERIAL, CsvColumn.KIND, CsvColumn.DIGITS));

    private final CsvTable table;

    private CsvSeedReader(CsvTable table) {
        this.table = table;
    }

    /**
     * Opens a file, of which nothing is read yet.
     *
     * @param file the file; closed by {@link #close()}
     * @param format what it is like
     * @return the reader
     */
    public static CsvSeedReader open(InputStream file, CsvFormat format) {
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
    public static CsvSeedReader open(InputStream file, CsvFormat format, SeedLimits limits) {
        return new CsvSeedReader(new CsvTable(file, format, limits, KNOWN, REQUIRED));
    }

    @Override
    @Nullable
    SeedRecord read() {
        return table.<SeedRecord>read((place, row) -> new SeedRecord.Good(place, row.seed()), bad -> bad);
    }

    @Override
    public void close() {
        table.close();
    }
}
