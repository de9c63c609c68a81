package dev.watchword.otp.bench;

import dev.watchword.otp.HmacAlgorithm;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * The results of JMH over several rounds, from which the figures are calculated. Not safe for use by several threads.
 */
final class Measurements {
    private final Map<Key, List<BenchmarkResult>> forks = new LinkedHashMap<>();

    /**
     * The identity of a measurement. It includes the number of threads, because JMH's parameters do not.
     */
    private record Key(BenchmarkParams params, int threads) {
        static Key of(RunResult result) {
            return new Key(result.getParams(), result.getParams().getThreads());
        }
    }

    void add(Collection<RunResult> round) {
        for (RunResult result : round) {
            forks.computeIfAbsent(Key.of(result), key -> new ArrayList<>()).addAll(result.getBenchmarkResults());
        }
    }

    /** Returns one result for each benchmark, over all rounds. */
    List<RunResult> results() {
        return forks.entrySet().stream()
                .map(entry -> new RunResult(entry.getKey().params(), entry.getValue()))
                .toList();
    }

    Figures figures() {
        Map<Library, Map<Case, Figures.Cost>> costs = new EnumMap<>(Library.class);
        Map<HmacAlgorithm, Double> bulk = new EnumMap<>(HmacAlgorithm.class);
        double twoThreads = Double.NaN;
        Map<String, Figures.Cost> service = new HashMap<>();
        for (RunResult result : results()) {
            BenchmarkParams params = result.getParams();
            String name = params.getBenchmark();
            if (name.startsWith(ServiceBenchmark.class.getName()) || name.startsWith(OcraBenchmark.class.getName())) {
                service.put(name.substring(name.lastIndexOf('.') + 1), new Figures.Cost(nanos(result), bytes(result)));
            } else if (name.endsWith(".floor")) {
                bulk.put(HmacAlgorithm.valueOf(params.getParam("algorithm")), nanos(result));
            } else if (params.getThreads() == 2) {
                twoThreads = nanos(result);
            } else {
                Case asked = Case.of(name.endsWith(".prepared"), Entered.valueOf(params.getParam("entered")));
                costs.computeIfAbsent(Library.valueOf(params.getParam("library")), library -> new EnumMap<>(Case.class))
                        .put(asked, new Figures.Cost(nanos(result), bytes(result)));
            }
        }
        return new Figures(costs, bulk, twoThreads, service);
    }

    private static double nanos(RunResult result) {
        return median(result, IterationResult::getPrimaryResult);
    }

    private static double bytes(RunResult result) {
        return median(result, iteration -> iteration.getSecondaryResults().get("gc.alloc.rate.norm"));
    }

    private static double median(RunResult result, Function<IterationResult, Result<?>> measured) {
        return Median.of(result.getBenchmarkResults().stream()
                .flatMap(fork -> fork.getIterationResults().stream())
                .mapToDouble(iteration -> measured.apply(iteration).getScore()));
    }
}
