package dev.watchword.otp.lifecycle.seeds;

import static java.util.Objects.requireNonNull;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.watchword.otp.lifecycle.model.BadRecord;
import dev.watchword.otp.lifecycle.model.Place;
import dev.watchword.otp.lifecycle.model.RecordProblem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A text file with a layout and with quotes as in RFC 4180. Reads one record at a time. */
final class CsvTable {
    private static final int MAX_FIELD = 1024;
    private static final int MAX_RECORD = 8192;

    /** A character that begins no line. The parser requires a comment character even if a file has no comments. */
    private static final char UNUSED = 1;

    private final BoundedStream bytes;
    private final TextLayout layout;
    private final SeedLimits limits;
    private final Set<TextColumn> required;
    private final CsvHeader header;
    private @Nullable Iterator<CsvRecord> records;
    private int minFields;
    private int maxFields;
    private int skippedLines;
    private long index;
    private long line = 1;

    /** Opens a file without reading it. */
    CsvTable(InputStream file, TextLayout layout, SeedLimits limits, Set<TextColumn> known, Set<TextColumn> required) {
        this.bytes = new BoundedStream(file, limits.maxBytes());
        this.layout = requireNonNull(layout, "layout");
        this.limits = limits;
        this.required = required;
        this.header = new CsvHeader(layout, known);
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
                begin(reading);
            }
            CsvRecord next = next(reading);
            if (next == null) {
                if (index == 0) {
                    throw failure(FileProblem.EMPTY, "has no records; check that it is complete");
                }
                return null;
            }
            return record(next, good, bad);
        } catch (UncheckedIOException | IOException e) {
            throw failure(
                    FileProblem.FORMAT,
                    "is not valid " + layout.charset() + "; convert it to " + layout.charset()
                            + ", or state its charset in the layout");
        } catch (CsvParseException e) {
            throw failure(
                    FileProblem.FORMAT,
                    "is not CSV (RFC 4180), or has a field of more than " + MAX_FIELD + " characters, more than "
                            + TextLayout.MAX_FIELDS + " fields, or a record of more than " + MAX_RECORD
                            + " characters; correct the quotes or the record");
        }
    }

    /**
     * Returns the next record that does not consist of separators and white space only, or {@code null} after the last
     * record.
     */
    private @Nullable CsvRecord next(Iterator<CsvRecord> reading) {
        bytes.nextPiece();
        while (reading.hasNext()) {
            CsvRecord record = reading.next();
            for (String field : record.getFields()) {
                if (!field.isBlank()) {
                    return record;
                }
            }
            bytes.nextPiece();
        }
        return null;
    }

    private Iterator<CsvRecord> parsed() throws IOException {
        SeparatorLine text = skipSeparatorLine();
        skippedLines = text.lines();
        Character comment = layout.comment();
        if (comment != null && comment == text.separator()) {
            throw failure(
                    FileProblem.FORMAT,
                    "states the comment character of the layout as its separator; correct one of them");
        }
        return CsvReader.builder()
                .fieldSeparator(text.separator())
                .commentStrategy(comment == null ? CommentStrategy.NONE : CommentStrategy.SKIP)
                .commentCharacter(comment == null ? UNUSED : comment)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .maxBufferSize(2 * MAX_RECORD)
                .build(
                        CsvRecordHandler.builder()
                                .maxFieldSize(MAX_FIELD)
                                .maxFields(TextLayout.MAX_FIELDS)
                                .maxRecordSize(MAX_RECORD)
                                .build(),
                        text.text())
                .iterator();
    }

    private SeparatorLine skipSeparatorLine() throws IOException {
        try {
            return SeparatorLine.skip(StrictText.of(bytes, layout.charset()), layout.separator());
        } catch (IllegalArgumentException e) {
            throw failure(FileProblem.FORMAT, String.valueOf(e.getMessage()));
        }
    }

    private void begin(Iterator<CsvRecord> reading) {
        try {
            if (layout.hasHeadings()) {
                CsvRecord first = next(reading);
                if (first == null) {
                    throw failure(FileProblem.EMPTY, "is empty; it must begin with a header");
                }
                header.take(first.getFields(), required);
                minFields = first.getFieldCount();
                maxFields = minFields;
            } else {
                header.takeNumbers(required);
                minFields = layout.minFields();
                maxFields = layout.maxFields();
            }
        } catch (IllegalArgumentException e) {
            throw failure(FileProblem.FORMAT, String.valueOf(e.getMessage()));
        }
    }

    private <R> R record(CsvRecord record, Maker<R> good, Function<SeedRecord.Bad, R> bad) {
        index++;
        line = record.getStartingLineNumber() + skippedLines;
        if (index > limits.maxRecords()) {
            throw failure(
                    FileProblem.TOO_LARGE,
                    "has more than " + limits.maxRecords() + " records; raise SeedLimits.maxRecords, or ask"
                            + " the maker for smaller files");
        }
        if (record.getFieldCount() < minFields || record.getFieldCount() > maxFields) {
            return bad.apply(new SeedRecord.Bad(new BadRecord(
                    new Place(index, null, line, 0, ""),
                    RecordProblem.MALFORMED,
                    "The record has " + record.getFieldCount() + " fields, but the "
                            + (layout.hasHeadings() ? "header has " : "layout has ")
                            + (minFields == maxFields ? "" : minFields + " to ") + maxFields
                            + "; add or remove fields")));
        }
        CsvRow row = new CsvRow(layout, header.columns(), record.getFields(), line);
        String serial = row.statedSerial();
        try {
            row.requireExpected();
            return good.make(new Place(index, serial, line, 0, ""), row);
        } catch (Problem e) {
            return bad.apply(new SeedRecord.Bad(
                    new BadRecord(new Place(index, serial, e.line, e.column, e.path), e.kind, e.text)));
        }
    }

    private SeedFileException failure(FileProblem kind, String what) {
        return new SeedFileException(
                kind, "The seed file " + what + " (at or after " + new Place(index, null, line, 0, "") + ")", null);
    }

    void close() {
        bytes.close();
    }
}
