package dev.watchword.guide.picture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The results of a run of JMH, in nanoseconds. */
public final class Measurements {
    private final Map<String, Spread> byName;

    private Measurements(Map<String, Spread> byName) {
        this.byName = byName;
    }

    /**
     * Reads JMH's results.
     *
     * @param json the file that JMH writes
     * @throws IOException if the text is no JSON
     * @throws PictureException if it has no results in nanoseconds
     */
    public static Measurements read(String json) throws IOException {
        Map<String, Spread> byName = new HashMap<>();
        for (JsonNode result : new JsonMapper().readTree(json)) {
            if (result.path("threads").asInt() > 1) {
                continue;
            }
            String benchmark = result.path("benchmark").asText();
            JsonNode metric = result.path("primaryMetric");
            if (!metric.path("scoreUnit").asText().equals("ns/op")) {
                throw new PictureException(benchmark + " is not in ns/op.");
            }
            String name = benchmark.substring(benchmark.lastIndexOf('.') + 1)
                    + parameter(result, "algorithm")
                    + parameter(result, "entered")
                    + parameter(result, "library");
            byName.put(name, Spread.of(iterations(metric)));
        }
        return new Measurements(byName);
    }

    private static String parameter(JsonNode result, String name) {
        JsonNode value = result.path("params").path(name);
        return value.isMissingNode() ? "" : " " + value.asText();
    }

    private static List<Double> iterations(JsonNode metric) {
        List<Double> iterations = new ArrayList<>();
        metric.path("rawData").forEach(fork -> fork.forEach(iteration -> iterations.add(iteration.asDouble())));
        return iterations;
    }

    /**
     * Returns a result.
     *
     * @param name the method and its parameters, such as {@code fresh WRONG LIBTOTP}
     */
    Optional<Spread> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    Spread get(String name) {
        return find(name).orElseThrow(() -> new PictureException("The file has no result of " + name + "."));
    }
}
