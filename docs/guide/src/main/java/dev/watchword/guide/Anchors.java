package dev.watchword.guide;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The anchors of one document's headings, as GitHub makes them. */
final class Anchors {
    /** Matches what is neither a letter, a mark, a digit, a connector such as _, a hyphen nor a space. */
    private static final Pattern REMOVED = Pattern.compile("[^\\p{IsAlphabetic}\\p{M}\\p{Nd}\\p{Pc}\\- ]");

    private final Map<String, Integer> repetitions = new HashMap<>();

    /** Returns the anchor of a text, regardless of other headings. */
    static String of(String heading) {
        return REMOVED.matcher(heading.toLowerCase(Locale.ROOT)).replaceAll("").replace(' ', '-');
    }

    /** Returns the anchor of the next heading. A number makes it unique. */
    String next(String heading) {
        String plain = of(heading);
        String anchor = plain;
        while (repetitions.containsKey(anchor)) {
            anchor = plain + "-" + repetitions.merge(plain, 1, Integer::sum);
        }
        repetitions.put(anchor, 0);
        return anchor;
    }
}
