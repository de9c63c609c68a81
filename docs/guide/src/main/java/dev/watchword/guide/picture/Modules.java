package dev.watchword.guide.picture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The libraries that the BOM names, with the libraries that each of them depends on, as their POMs state it.
 *
 * @param uses the dependencies of each library
 */
public record Modules(Map<String, List<String>> uses) {
    /** Copies the map, sorted. */
    public Modules {
        uses = Collections.unmodifiableMap(new TreeMap<>(uses));
    }

    /**
     * Reads the POMs of the project.
     *
     * @param root the folder of the project
     * @throws IOException if a POM cannot be read
     */
    public static Modules read(Path root) throws IOException {
        Map<String, List<String>> uses = new TreeMap<>();
        for (String artifact : Pom.read(root.resolve("otp-bom/pom.xml")).managed()) {
            uses.put(artifact, Pom.read(root.resolve(artifact + "/pom.xml")).dependencies());
        }
        return new Modules(uses);
    }
}
