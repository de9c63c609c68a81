package dev.watchword.otp.lifecycle.seeds;

import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;

/**
 * The line {@code sep=;} with which spreadsheets begin a file to state its separator.
 *
 * @param text the text after the line, or the whole text if it has no such line
 * @param separator the stated separator, or the one of the layout
 * @param lines the number of skipped lines, 0 or 1
 */
record SeparatorLine(Reader text, char separator, int lines) {
    private static final String START = "sep=";
    private static final int LONGEST = START.length() + "x\r\n".length();

    /**
     * Skips the line at the start of a text.
     *
     * @throws IllegalArgumentException if the line states a character that cannot separate fields
     */
    static SeparatorLine skip(Reader text, char separator) throws IOException {
        PushbackReader rest = new PushbackReader(text, LONGEST);
        char[] start = new char[LONGEST];
        int length = 0;
        for (int c = rest.read(); c >= 0; c = rest.read()) {
            start[length++] = (char) c;
            if (length == LONGEST) {
                break;
            }
        }
        String line = new String(start, 0, length);
        int end = START.length() + 1;
        boolean stated = line.regionMatches(true, 0, START, 0, START.length())
                && length > end
                && (line.charAt(end) == '\n' || line.charAt(end) == '\r');
        if (!stated) {
            rest.unread(start, 0, length);
            return new SeparatorLine(rest, separator, 0);
        }
        int after = end + (line.startsWith("\r\n", end) ? 2 : 1);
        rest.unread(start, after, length - after);
        char character = line.charAt(START.length());
        if (!TextLayout.isSeparator(character)) {
            throw new IllegalArgumentException("states a separator in its line sep= that cannot separate fields");
        }
        return new SeparatorLine(rest, character, 1);
    }
}
