package dev.watchword.otp.lifecycle.seeds;

import dev.watchword.otp.lifecycle.model.RecordProblem;

/**
 * Thrown when a record breaks a rule, or when a defect makes the whole file unusable. The reader turns the former into a
 * {@link SeedRecord.Bad} and ends with the latter.
 */
final class Problem extends Exception {
    private static final long serialVersionUID = 1L;

    final RecordProblem kind;
    final String text;
    final long line;
    final long column;
    final String path;
    final boolean endsReading;

    private Problem(RecordProblem kind, String text, long line, long column, String path, boolean endsReading) {
        super(text, null, false, false);
        this.kind = kind;
        this.text = text;
        this.line = line;
        this.column = column;
        this.path = path;
        this.endsReading = endsReading;
    }

    /** Creates a problem of one record, at an element. */
    static Problem at(RecordProblem kind, XmlElement element, String text) {
        return new Problem(kind, text, element.line(), element.column(), element.path(), false);
    }

    /** Creates a problem of one record, at an element whose value is {@linkplain RecordProblem#MALFORMED malformed}. */
    static Problem at(XmlElement element, String text) {
        return at(RecordProblem.MALFORMED, element, text);
    }

    /** Creates a problem of one record, at a line and field. */
    static Problem at(RecordProblem kind, long line, long column, String path, String text) {
        return new Problem(kind, text, line, column, path, false);
    }

    /** Returns this problem as one of the whole file. */
    Problem ofFile() {
        return new Problem(kind, text, line, column, path, true);
    }
}
