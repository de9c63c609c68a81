package dev.watchword.otp.lifecycle.seeds;

import java.io.InputStream;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A reader of tokens that another system has in use, in CSV (RFC 4180). The file is UTF-8, with or without a byte order
 * mark, and begins with a header.
 *
 * <p>The header names the columns, in any order and any case. Every file has these columns:
 *
 * <ul>
 *   <li>{@code holder}: the holder of the token.
 *   <li>{@code token}: {@code SOFTWARE} or {@code HARDWARE}. A software token is always TOTP.
 *   <li>{@code serial}: the serial number.
 *   <li>exactly one of {@code secret_hex} and {@code secret_base32}: the secret, in the encoding that the heading names.
 *   <li>{@code kind}: {@code TOTP} or {@code HOTP}.
 *   <li>{@code digits}: the length of a code, 6 to 9.
 *   <li>{@code expiry}: a date and time with its offset from UTC, truncated to microseconds.
 * </ul>
 *
 * <p>A TOTP record requires {@code step} and MUST NOT have {@code counter}. A HOTP record requires {@code counter} and
 * MUST NOT have {@code step}.
 *
 * <ul>
 *   <li>{@code step}: the time step in seconds, 1 to 3600.
 *   <li>{@code counter}: the counter of the next code, 0 to 999999999999999999.
 * </ul>
 *
 * <p>These columns are optional, and each of their fields may be empty:
 *
 * <ul>
 *   <li>{@code algorithm}: {@code SHA1}, {@code SHA256} or {@code SHA512}. Empty means {@code SHA1}.
 *   <li>{@code last_step}: the last time step whose code was accepted, counted from the Unix epoch. Empty means unknown.
 *       TOTP only.
 *   <li>{@code drift}: the number of time steps by which the clock of the token is fast; negative if it is slow. Empty
 *       means 0. TOTP only.
 *   <li>{@code user_id}: the user ID of the holder.
 *   <li>{@code mail_address}: the mail address of the holder.
 *   <li>{@code suspended}: the reason of the suspension, a name of {@link
 *       dev.watchword.otp.lifecycle.model.SuspensionReason}. Empty means that the token is not suspended.
 * </ul>
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
     * Opens a file with the default limits, without reading it.
     *
     * @param file the file; {@link #close()} closes it
     * @param format the dialect of the file
     * @return the reader
     */
    public static CsvTokenReader open(InputStream file, CsvFormat format) {
        return open(file, format, SeedLimits.DEFAULT);
    }

    /**
     * Opens a file without reading it.
     *
     * @param file the file; {@link #close()} closes it
     * @param format the dialect of the file
     * @param limits the bounds on the size of the file and the number of its records
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
