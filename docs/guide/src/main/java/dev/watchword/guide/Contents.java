package dev.watchword.guide;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The pages of the guide in groups, one for each audience.
 *
 * @param groups the groups in the order of the navigation
 */
record Contents(List<Group> groups) {
    /** The file that lists them. */
    static final String FILE = "docs/guide/contents.txt";

    Contents {
        groups = List.copyOf(groups);
    }

    /**
     * A group.
     *
     * @param audience its name
     * @param documents the paths of its documents
     */
    record Group(String audience, List<String> documents) {
        Group {
            documents = List.copyOf(documents);
        }
    }

    /** Reads the groups: a name in a line, and below it the documents in indented lines. */
    static Contents parse(String text, Problems problems) {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        String audience = "";
        for (String line : text.lines().toList()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (!line.startsWith(" ")) {
                audience = line.strip();
            } else if (audience.isEmpty()) {
                problems.add(FILE, line.strip() + " is before the first group.");
            } else {
                groups.computeIfAbsent(audience, name -> new ArrayList<>()).add(line.strip());
            }
        }
        return new Contents(groups.entrySet().stream()
                .map(group -> new Group(group.getKey(), group.getValue()))
                .toList());
    }

    /** Checks that each document is in exactly one group. */
    void check(List<String> documents, Problems problems) {
        Set<String> listed = new HashSet<>();
        groups.stream().flatMap(group -> group.documents().stream()).forEach(document -> {
            if (!listed.add(document)) {
                problems.add(FILE, document + " is listed twice.");
            }
            if (!documents.contains(document)) {
                problems.add(FILE, document + " does not exist.");
            }
        });
        documents.stream()
                .filter(document -> !listed.contains(document))
                .forEach(document -> problems.add(document, "It is in no group of the guide. Add it to " + FILE + "."));
    }
}
