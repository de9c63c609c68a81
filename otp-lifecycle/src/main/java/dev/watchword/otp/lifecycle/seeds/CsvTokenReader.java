package dev.watchword.otp.lifecycle.seeds;

import java.io.InputStream;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A reader of tokens that are in use in another system. The text file has one record on each line and quotes as in RFC 4180. A
 * {@link TextLayout} states the columns. The names below are those of {@link TextLayout#DEFAULT}, whose file is UTF-8 and begins
 * with a header.
 *
 * <p>The columns can be in any order. Every file has these columns, or the layout has constants for them:
 *
 * <ul>
 *   <li>{@code holder}: the holder of the token.
 *   <li>{@code token}: {@code SOFTWARE} or {@code HARDWARE}. A software token is always TOTP.
 *   <li>exactly one of {@code secret_hex}, {@code secret_base32} and {@code secret_base64}: the secret, in the encoding that
 *       the heading names.
 *   <li>{@code kind}: {@code TOTP} or {@code HOTP}.
 *   <li>{@code digits}: the length of a code, 6 to 9.
 * </ul>
 *
 * <p>A hardware token requires these columns. For a software token they are optional. The institution's number source supplies a
 * missing serial number, and its policy a missing expiry:
 *
 * <ul>
 *   <li>{@code serial}: the serial number.
 *   <li>{@code expiry}: a date and time with its offset from UTC, truncated to microseconds.
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
public final class CsvTokenReader extends TokenReader {
    private static final Set<TextColumn> KNOWN = Collections.unmodifiableSet(
            EnumSet.complementOf(EnumSet.of(TextColumn.START, TextColumn.MANUFACTURER, TextColumn.MODEL)));

    private static final Set<TextColumn> REQUIRED = Collections.unmodifiableSet(
            EnumSet.of(TextColumn.HOLDER, TextColumn.TOKEN, TextColumn.KIND, TextColumn.DIGITS));

    private final CsvTable table;
    private final boolean weakSecrets;

    private CsvTokenReader(InputStream file, TextLayout layout, SeedLimits limits, boolean weakSecrets) {
        this.table = new CsvTable(file, layout, limits, KNOWN, REQUIRED);
        this.weakSecrets = weakSecrets;
    }

    /**
     * Opens a file with the default limits, without reading it.
     *
     * @param file the file; {@link #close()} closes it
     * @param layout the layout of the file
     * @return the reader
     */
    public static CsvTokenReader open(InputStream file, TextLayout layout) {
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
    public static CsvTokenReader open(InputStream file, TextLayout layout, SeedLimits limits) {
        return new CsvTokenReader(file, layout, limits, false);
    }

    /**
     * Opens a file with tokens whose secrets may be shorter than RFC 4226 allows, because they are in use and cannot be replaced
     * yet. Many apps use secrets of 16 Base32 characters, which is 80 bits. Replace such tokens soon. This method does not read
     * the file yet.
     *
     * @param file the file; {@link #close()} closes it
     * @param layout the layout of the file
     * @param limits the bounds on the size of the file and the number of its records
     * @return the reader
     */
    public static CsvTokenReader openWeakLegacy(InputStream file, TextLayout layout, SeedLimits limits) {
        return new CsvTokenReader(file, layout, limits, true);
    }

    @Override
    @Nullable
    TokenRecord read() {
        return table.<TokenRecord>read(
                (place, row) -> new TokenRecord.Good(place, row.foreignToken(weakSecrets)), bad -> bad);
    }

    @Override
    public void close() {
        table.close();
    }
}
