package dev.watchword.guide.picture;

import java.util.ArrayList;
import java.util.List;

/** A label of several parts with commas between them. A line ends after a comma only. */
final class Label {
    private Label() {}

    /** Returns the label in lines of at most this many characters. A part that is longer has its own line. */
    static List<String> wrapped(String label, int characters) {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String part : label.split("(?<=,) ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + part.length() > characters) {
                lines.add(line);
                line = "";
            }
            line = line.isEmpty() ? part : line + " " + part;
        }
        if (!line.isEmpty()) {
            lines.add(line);
        }
        return lines;
    }
}
