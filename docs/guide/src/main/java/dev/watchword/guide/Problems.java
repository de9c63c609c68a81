package dev.watchword.guide;

import java.util.ArrayList;
import java.util.List;

/** The problems that a build of the guide has found so far. */
final class Problems {
    private final List<String> found = new ArrayList<>();

    void add(String document, String problem) {
        found.add(document + ": " + problem);
    }

    /**
     * Ends the build if there is a problem.
     *
     * @throws GuideException with all of them
     */
    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new GuideException(String.join("\n", found));
        }
    }
}
