package dev.watchword.otp.lifecycle.seeds;

import dev.watchword.otp.lifecycle.model.RecordProblem;

/**
 * Thrown when a record breaks a rule, or when a defect makes the whole file unusable. The reader turns the former into a
 * {@link SeedRecord.Bad} and ends with the latter.
 */
final class Problem extends Exception {
    private static final long serialVersionUID = 1L;

    final String text;
    final long line;
    final long column;
    final String path;
    final boolean endsReading;
    final RecordProblem kind;

    private Problem(String text, long line, long column, String path, boolean endsReading, RecordProblem kind) {
        super(text, null, false, false);
        this.text = text;
        this.line = line;
        this.column = column;
        this.path = path;
        this.endsReading = endsReading;
        this.kind = kind;
    }

    /** Creates a problem of one record, at an element. */
    static Problem at(XmlElement element, String text) {
        return new Problem(text, element.line(), element.column(), element.path(), false, RecordProblem.UNREADABLE);
    }

    /** Creates a problem of one record, at a line and field. */
    static Problem at(long line, long column, String path, String text) {
        return new Problem(text, line, column, path, false, RecordProblem.UNREADABLE);
    }

    /** Creates a problem of the whole file. Reading ends with it. */
    static Problem ofFile(XmlElement element, String text) {
        return new Problem(text, element.line(), element.column(), element.path(), true, RecordProblem.UNREADABLE);
    }

    /** Returns this problem as one of the whole file. */
    Problem ofFile() {
        return new Problem(text, line, column, path, true, kind);
    }

    /** Returns this problem with the kind {@link RecordProblem#WEAK_SECRET}. */
    Problem ofWeakSecret() {
        return new Problem(text, line, column, path, endsReading, RecordProblem.WEAK_SECRET);
    }
}
