package dev.watchword.otp.lifecycle.seeds;

import java.io.InputStream;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A reader of seeds in a text file with one record on each line and quotes as in RFC 4180. A {@link TextLayout} states the
 * columns. The names below are those of {@link TextLayout#DEFAULT}, whose file is UTF-8 and begins with a header.
 *
 * <p>The columns can be in any order. Every file has these columns, or the layout has constants for the last two:
 *
 * <ul>
 *   <li>{@code serial}: the serial number.
 *   <li>exactly one of {@code secret_hex}, {@code secret_base32} and {@code secret_base64}: the secret, in the encoding that
 *       the heading names.
 *   <li>{@code kind}: {@code TOTP} or {@code HOTP}.
 *   <li>{@code digits}: the length of a code, 6 to 9.
 * </ul>
 *
 * <p>A TOTP record requires {@code step} and MUST NOT have {@code counter}. A HOTP record requires {@code counter} and
 * MUST NOT have {@code step}.
 *
 * <ul>
 *   <li>{@code step}: the time step in seconds, 1 to 3600.
 *   <li>{@code counter}: the counter of the next code, 0 to 999999999999999999.
 *   <li>{@code step_or_counter}: the time step of a TOTP record or the counter of a HOTP record, in place of the two columns.
 * </ul>
 *
 * <p>These columns are optional, and each of their fields may be empty:
 *
 * <ul>
 *   <li>{@code algorithm}: {@code SHA1}, {@code SHA256} or {@code SHA512}. Empty means {@code SHA1}.
 *   <li>{@code start} and {@code expiry}: a date and time with its offset from UTC, in the years 1970 to 9999.
 *   <li>{@code manufacturer} and {@code model}: text.
 * </ul>
 */
public final class CsvSeedReader extends SeedReader {
    private static final Set<TextColumn> KNOWN =
            Collections.unmodifiableSet(EnumSet.range(TextColumn.SERIAL, TextColumn.MODEL));

    private static final Set<TextColumn> REQUIRED =
            Collections.unmodifiableSet(EnumSet.of(TextColumn.SERIAL, TextColumn.KIND, TextColumn.DIGITS));

    private final CsvTable table;

    private CsvSeedReader(CsvTable table) {
        this.table = table;
    }

    /**
     * Opens a file with the default limits, without reading it.
     *
     * @param file the file; {@link #close()} closes it
     * @param layout the layout of the file
     * @return the reader
     */
    public static CsvSeedReader open(InputStream file, TextLayout layout) {
        return open(file, layout, SeedLimits.DEFAULT);
    }

    /**
     * Opens a file without reading it.
     *
     * @param file the file; {@link #close()} closes it
     * @param layout the layout of the file
     * @param limits the bounds on the size of the file and the number of its records
     * @return the reader
     */
    public static CsvSeedReader open(InputStream file, TextLayout layout, SeedLimits limits) {
        return new CsvSeedReader(new CsvTable(file, layout, limits, KNOWN, REQUIRED));
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
