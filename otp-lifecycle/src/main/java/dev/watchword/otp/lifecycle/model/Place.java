package dev.watchword.otp.lifecycle.model;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A position in a seed file, for the operator who corrects the file. Immutable and safe for use by several threads.
 *
 * <p>The line of a signed file is counted in the canonical form of the file.
 *
 * @param index the number of the key package or CSV record, counted from 1; 0 before the first record
 * @param serial the serial number that the record states, valid or not; {@code null} if it states none, or one that is not
 *     safe to show
 * @param line the line, counted from 1
 * @param column in XML, the column at which the start tag of the element ends; in CSV, the number of the field, counted
 *     from 1; 0 for the whole record
 * @param path in XML, the path of the element; in CSV, the heading of the column, or empty for the whole
 *     record
 */
public record Place(long index, @Nullable String serial, long line, long column, String path) {
    /** Creates a place. Only the path is checked, and only for null. */
    public Place {
        requireNonNull(path, "path");
    }

    /**
     * Returns the place in words.
     *
     * @return the place, for instance {@code record 17, serial 101199980021, line 203, column 14, KeyContainer/KeyPackage/Key}
     */
    @Override
    public String toString() {
        return (index == 0 ? "" : "record " + index + ", ")
                + (serial == null ? "" : "serial " + serial + ", ")
                + "line " + line
                + (column == 0 ? "" : ", column " + column)
                + (path.isEmpty() ? "" : ", " + path);
    }
}
