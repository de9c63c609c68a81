package dev.watchword.otp.lifecycle.seeds;

import static java.util.Objects.requireNonNull;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.watchword.otp.lifecycle.model.BadRecord;
import dev.watchword.otp.lifecycle.model.Place;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A CSV file (RFC 4180) in UTF-8 with a header. It is read one record at a time. */
final class CsvTable {
    private static final int MAX_FIELD = 1024;
    private static final int MAX_FIELDS = 64;
    private static final int MAX_RECORD = 8192;

    private final BoundedStream bytes;
    private final CsvFormat format;
    private final SeedLimits limits;
    private final Set<CsvColumn> known;
    private final Set<CsvColumn> required;
    private final Map<CsvColumn, Integer> columns = new EnumMap<>(CsvColumn.class);
    private @Nullable Iterator<CsvRecord> records;
    private int width;
    private long index;
    private long line = 1;

    /** Opens a file without reading it. */
    CsvTable(InputStream file, CsvFormat format, SeedLimits limits, Set<CsvColumn> known, Set<CsvColumn> required) {
        this.bytes = new BoundedStream(file, limits.maxBytes());
        this.format = requireNonNull(format, "format");
        this.limits = limits;
        this.known = known;
        this.required = required;
    }

    /** A conversion of a row to a record of the caller. */
    interface Maker<R> {
        R make(Place place, CsvRow row) throws Problem;
    }

    /**
     * Reads the next record. Converts a valid record with the first function and an invalid one with the second.
     *
     * @return the converted record; {@code null} after the last
     */
    <R> @Nullable R read(Maker<R> good, Function<SeedRecord.Bad, R> bad) {
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
                    throw failure("has a header and no records; check that it is complete");
                }
                return null;
            }
            return record(reading.next(), good, bad);
        } catch (UncheckedIOException | IOException e) {
            throw failure("is not valid UTF-8; convert it to UTF-8");
        } catch (CsvParseException e) {
            throw failure("is not CSV (RFC 4180), or has a field of more than " + MAX_FIELD + " characters, more than "
                    + MAX_FIELDS + " fields, or a record of more than " + MAX_RECORD
                    + " characters; correct the quotes or the record");
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
            throw failure("is empty; it must begin with a header");
        }
        List<String> headings = reading.next().getFields();
        width = headings.size();
        for (int i = 0; i < width; i++) {
            CsvColumn column = CsvColumn.of(headings.get(i));
            boolean unknown = column == null || !known.contains(column);
            if (unknown && !format.ignored().contains(headings.get(i).strip())) {
                throw failure("has an unknown heading in column " + (i + 1)
                        + "; correct it, or list it in CsvFormat.ignored");
            }
            if (column != null && !unknown && columns.put(column, i) != null) {
                throw failure("has two columns " + column.heading() + "; remove one of them");
            }
        }
        for (CsvColumn column : required) {
            if (!columns.containsKey(column)) {
                throw failure("has no column " + column.heading() + "; add it");
            }
        }
        if (columns.containsKey(CsvColumn.SECRET_HEX) == columns.containsKey(CsvColumn.SECRET_BASE32)) {
            throw failure("must have exactly one of the columns secret_hex and secret_base32");
        }
    }

    private <R> R record(CsvRecord record, Maker<R> good, Function<SeedRecord.Bad, R> bad) {
        index++;
        line = record.getStartingLineNumber();
        if (index > limits.maxRecords()) {
            throw failure("has more than " + limits.maxRecords() + " records; raise SeedLimits.maxRecords, or ask"
                    + " the maker for smaller files");
        }
        if (record.getFieldCount() != width) {
            return bad.apply(new SeedRecord.Bad(new BadRecord(
                    new Place(index, null, line, 0, ""),
                    "The record has " + record.getFieldCount() + " fields, but the header has " + width
                            + "; add or remove fields")));
        }
        CsvRow row = new CsvRow(columns, record.getFields(), line);
        String serial = row.statedSerial();
        try {
            return good.make(new Place(index, serial, line, 0, ""), row);
        } catch (Problem e) {
            return bad.apply(
                    new SeedRecord.Bad(new BadRecord(new Place(index, serial, e.line, e.column, e.path), e.text)));
        }
    }

    private SeedFileException failure(String what) {
        return new SeedFileException(
                "The seed file " + what + " (at or after " + new Place(index, null, line, 0, "") + ")", null);
    }

    void close() {
        bytes.close();
    }
}
