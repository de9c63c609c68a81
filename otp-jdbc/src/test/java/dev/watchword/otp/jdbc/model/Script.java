package dev.watchword.otp.jdbc.model;

import java.util.ArrayList;
import java.util.List;

/** The steps that were taken, with their outcomes. A failure shows them. */
final class Script {
    private final List<String> lines = new ArrayList<>();

    /** Notes a step before it is taken. */
    void begin(Step step) {
        lines.add(step.toString());
    }

    /** Notes the outcome of the last step. */
    void end(String outcome) {
        int last = lines.size() - 1;
        lines.set(last, lines.get(last) + " → " + outcome);
    }

    @Override
    public String toString() {
        return String.join("\n      ", lines);
    }
}
