package dev.watchword.otp.lifecycle.stock;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Where something stands in a seed file, for whoever has to correct it.
 *
 * @param index the number of the key package or CSV record, counted from 1; 0 before the first
 * @param serial the serial number that the record states, whether or not it is a good one; {@code null} if it states
 *     none that can be shown
 * @param line the line, counted from 1; in a signed file, that of its canonical form
 * @param column the column in which the start tag of the element ends; in CSV, the number of the field, counted from 1;
 *     0 if the whole record is meant
 * @param path the path of the element; in CSV, the name of the column
 */
public record Place(long index, @Nullable String serial, long line, long column, String path) {
    /** Creates a place. */
    public Place {
        requireNonNull(path, "path");
    }

    /**
     * Tells the place in words.
     *
     * @return for instance {@code record 17, serial 101199980021, line 203, column 14, KeyContainer/KeyPackage/Key}
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
