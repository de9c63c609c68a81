package dev.watchword.otp.lifecycle.stock;

import static java.util.Objects.requireNonNull;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.watchword.otp.lifecycle.SeedFileException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
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
    private static final int MAX_FIELD = 1024;
    private static final int MAX_FIELDS = 64;
    private static final int MAX_RECORD = 8192;

    private final BoundedStream bytes;
    private final CsvFormat format;
    private final SeedLimits limits;
    private final Map<CsvColumn, Integer> columns = new EnumMap<>(CsvColumn.class);
    private @Nullable Iterator<CsvRecord> records;
    private int width;
    private long index;
    private long line = 1;

    private CsvSeedReader(BoundedStream bytes, CsvFormat format, SeedLimits limits) {
        this.bytes = bytes;
        this.format = requireNonNull(format, "format");
        this.limits = limits;
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
        return new CsvSeedReader(new BoundedStream(file, limits.maxBytes()), format, limits);
    }

    @Override
    @Nullable
    SeedRecord read() {
        try {
            Iterator<CsvRecord> reading = records;
            if (reading == null) {
                reading = parsed();
                records = reading;
                readHeader(reading);
            }
            bytes.nextPiece();
            if (!reading.hasNext()) {
                if (index == 0) {
                    throw failure("has no records");
                }
                return null;
            }
            return record(reading.next());
        } catch (UncheckedIOException | IOException e) {
            throw failure("is not in UTF-8");
        } catch (CsvParseException e) {
            throw failure("is not CSV, or has a field of more than " + MAX_FIELD + " characters, more than "
                    + MAX_FIELDS + " fields, or a record of more than " + MAX_RECORD + " characters");
        }
    }

    private Iterator<CsvRecord> parsed() throws IOException {
        return CsvReader.builder()
                .fieldSeparator(format.separator())
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .maxBufferSize(2 * MAX_RECORD)
                .build(
                        CsvRecordHandler.builder()
                                .maxFieldSize(MAX_FIELD)
                                .maxFields(MAX_FIELDS)
                                .maxRecordSize(MAX_RECORD)
                                .build(),
                        StrictText.utf8(bytes))
                .iterator();
    }

    private void readHeader(Iterator<CsvRecord> reading) {
        if (!reading.hasNext()) {
            throw failure("is empty");
        }
        List<String> headings = reading.next().getFields();
        width = headings.size();
        for (int i = 0; i < width; i++) {
            CsvColumn column = CsvColumn.of(headings.get(i));
            if (column == null && !format.ignored().contains(headings.get(i).strip())) {
                throw failure("has an unknown heading in column " + (i + 1) + "; correct it, or let it be ignored");
            }
            if (column != null && columns.put(column, i) != null) {
                throw failure("has two columns " + column.heading());
            }
        }
        for (CsvColumn column : List.of(CsvColumn.SERIAL, CsvColumn.KIND, CsvColumn.DIGITS)) {
            if (!columns.containsKey(column)) {
                throw failure("has no column " + column.heading());
            }
        }
        if (columns.containsKey(CsvColumn.SECRET_HEX) == columns.containsKey(CsvColumn.SECRET_BASE32)) {
            throw failure("must have one column with the secret: secret_hex or secret_base32");
        }
    }

    private SeedRecord record(CsvRecord record) {
        index++;
        line = record.getStartingLineNumber();
        if (index > limits.maxRecords()) {
            throw failure("has more than " + limits.maxRecords() + " records; raise the limit, or ask the maker for"
                    + " smaller files");
        }
        if (record.getFieldCount() != width) {
            return new SeedRecord.Bad(
                    new Place(index, null, line, 0, ""),
                    "The record has " + record.getFieldCount() + " fields, and the header " + width);
        }
        CsvRow row = new CsvRow(columns, record.getFields(), line);
        String serial = row.statedSerial();
        try {
            Seed seed = row.seed();
            return new SeedRecord.Good(new Place(index, serial, line, 0, ""), seed);
        } catch (Problem e) {
            return new SeedRecord.Bad(new Place(index, serial, e.line, e.column, e.path), e.text);
        }
    }

    private SeedFileException failure(String what) {
        return new SeedFileException(
                "The seed file " + what + " (from " + new Place(index, null, line, 0, "") + " on)", null);
    }

    @Override
    public void close() {
        bytes.close();
    }
}
