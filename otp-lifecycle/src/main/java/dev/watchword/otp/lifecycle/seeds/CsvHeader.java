package dev.watchword.otp.lifecycle.seeds;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The columns of a text file, by their place in a record. It compares the headings of the file with the layout.
 *
 * <p>A file without headings can begin with a secret. A message therefore shows a heading only if it consists of letters, and
 * if another heading of the line is known.
 */
final class CsvHeader {
    private static final List<TextColumn> SECRETS =
            List.of(TextColumn.SECRET_HEX, TextColumn.SECRET_BASE32, TextColumn.SECRET_BASE64);

    private static final int MAX_SHOWN = 30;

    private final TextLayout layout;
    private final Set<TextColumn> known;
    private final Map<TextColumn, Integer> columns = new EnumMap<>(TextColumn.class);

    CsvHeader(TextLayout layout, Set<TextColumn> known) {
        this.layout = layout;
        this.known = known;
    }

    /** Returns the columns, counted from 0. */
    Map<TextColumn, Integer> columns() {
        return columns;
    }

    /** Takes the columns of a layout with numbers. */
    void takeNumbers(Set<TextColumn> required) {
        layout.numbers().forEach((column, number) -> {
            if (known.contains(column)) {
                columns.put(column, number - 1);
            }
        });
        List<String> missing = missing(required);
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("cannot be read with this layout, which lacks the columns "
                    + String.join(", ", missing) + "; add them or constants for them");
        }
    }

    /**
     * Finds the columns of a header line.
     *
     * @throws IllegalArgumentException if the headings do not fit the layout. The message continues a sentence about the file
     */
    void take(List<String> headings, Set<TextColumn> required) {
        List<String> found = new ArrayList<>();
        List<Integer> unknown = new ArrayList<>();
        for (int i = 0; i < headings.size(); i++) {
            TextColumn column = layout.columnOf(headings.get(i));
            if (column != null && known.contains(column)) {
                found.add(layout.nameOf(column));
                if (columns.put(column, i) != null) {
                    throw new IllegalArgumentException(
                            "has two columns " + layout.nameOf(column) + "; remove one of them");
                }
            } else if (!layout.ignores(headings.get(i))) {
                unknown.add(i);
            }
        }
        List<String> missing = missing(required);
        if (!missing.isEmpty() || !unknown.isEmpty()) {
            throw new IllegalArgumentException("does not fit the layout. Found columns: " + list(found)
                    + ". Missing columns: " + list(missing) + ". Unknown headings: "
                    + list(unknown.stream()
                            .map(i -> "in column " + (i + 1) + shown(headings.get(i), !found.isEmpty()))
                            .toList())
                    + ". Correct the headings, or describe them in a TextLayout");
        }
    }

    private static String list(List<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    private static String shown(String heading, boolean isHeader) {
        String name = heading.strip();
        boolean plain = name.chars().allMatch(c -> Character.isLetter(c) || c == ' ' || c == '_' || c == '-');
        return isHeader && plain && !name.isEmpty() && name.length() <= MAX_SHOWN ? " (" + name + ")" : "";
    }

    /** Returns the names of the required columns that are absent. Exactly one secret is required. */
    private List<String> missing(Set<TextColumn> required) {
        List<String> missing = new ArrayList<>();
        for (TextColumn column : required) {
            if (!columns.containsKey(column) && !layout.constants().containsKey(column)) {
                missing.add(layout.nameOf(column));
            }
        }
        long secrets = SECRETS.stream().filter(columns::containsKey).count();
        if (secrets > 1) {
            throw new IllegalArgumentException("has several columns with secrets; remove all but one of them");
        }
        if (secrets == 0) {
            missing.add(String.join(
                    " or ",
                    SECRETS.stream().filter(layout::has).map(layout::nameOf).toList()));
        }
        return missing;
    }
}
