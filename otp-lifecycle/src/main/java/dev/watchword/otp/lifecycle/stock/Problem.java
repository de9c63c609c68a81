package dev.watchword.otp.lifecycle.stock;

/** What is wrong with a record, on its way to {@link SeedRecord.Bad}; or with the file, if no record can be right. */
final class Problem extends Exception {
    private static final long serialVersionUID = 1L;

    final String text;
    final long line;
    final long column;
    final String path;
    final boolean endsReading;

    private Problem(String text, long line, long column, String path, boolean endsReading) {
        super(text, null, false, false);
        this.text = text;
        this.line = line;
        this.column = column;
        this.path = path;
        this.endsReading = endsReading;
    }

    /** What is wrong with a record. */
    static Problem at(XmlElement element, String text) {
        return new Problem(text, element.line(), element.column(), element.path(), false);
    }

    /** What is wrong with a record, at a line and field. */
    static Problem at(long line, long column, String path, String text) {
        return new Problem(text, line, column, path, false);
    }

    /** What is wrong with the file. */
    static Problem ofFile(XmlElement element, String text) {
        return new Problem(text, element.line(), element.column(), element.path(), true);
    }

    /** The same, but wrong with the file. */
    Problem ofFile() {
        return new Problem(text, line, column, path, true);
    }
}
