package dev.watchword.otp.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * A measurement of Watchword, its peers and the floor in one run, which prints their ratios. The run measures Watchword
 * and the floor first. Each round then measures all others, followed by Watchword and the floor again. A busy moment of
 * the machine therefore does not affect only one of them. Run {@code mvn -q -Pratios}.
 *
 * <p>These system properties control the run:
 * <ul>
 *   <li>{@code ratios.rounds} is the number of rounds.
 *   <li>{@code ratios.forks} is the number of JVMs for each measurement. With 0 it runs in this JVM, which only tests
 *     the program.
 *   <li>{@code ratios.millis} is the length of an iteration in milliseconds.
 * </ul>
 */
public final class Ratios {
    private static final int WARM_UP = 9;

    /** The compiler of the JVM needs ten thousands of verifications before their time is steady. */
    private static final int WARM_UP_OF_SERVICE = 40;

    private static final int MEASURED = 5;

    private static final List<Library> OURS = List.of(Library.WATCHWORD);

    private final Measurements measurements = new Measurements();
    private final OutputFormat log;

    private Ratios(PrintStream log) {
        this.log = OutputFormatFactory.createFormatInstance(log, VerboseMode.NORMAL);
    }

    /**
     * Measures and prints.
     *
     * @param args three files: for JMH's complete result in JSON, for the table in Markdown, and for JMH's log
     * @throws IOException if a file cannot be written
     * @throws RunnerException if a benchmark fails; the log contains the reason
     */
    public static void main(String[] args) throws IOException, RunnerException {
        Path json = Path.of(args[0]);
        Path table = Path.of(args[1]);
        Measurements measurements;
        try (PrintStream log = new PrintStream(Files.newOutputStream(Path.of(args[2])), true, StandardCharsets.UTF_8)) {
            measurements = new Ratios(log).measure();
        }
        try (PrintStream out = new PrintStream(Files.newOutputStream(json), false, StandardCharsets.UTF_8)) {
            ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(measurements.results());
        }
        Figures figures = measurements.figures();
        Files.write(table, ResultTable.of(figures));
        System.out.println(); // Maven may have printed a colour code on this line
        ResultLines.of(figures).forEach(System.out::println);
    }

    private Measurements measure() throws RunnerException {
        measureOurs();
        for (int round = 0; round < Integer.getInteger("ratios.rounds", 2); round++) {
            run(asking(Library.others(), "fresh|prepared"));
            measureOurs();
        }
        return measurements;
    }

    private void measureOurs() throws RunnerException {
        run(options(ServiceBenchmark.class, ".*").warmupIterations(WARM_UP_OF_SERVICE));
        run(options(OcraBenchmark.class, ".*").warmupIterations(WARM_UP_OF_SERVICE));
        run(options(VerifyBenchmark.class, "floor"));
        run(asking(OURS, "fresh|prepared"));
        run(asking(OURS, "fresh").param("entered", Entered.WRONG.name()).threads(2));
    }

    private static ChainedOptionsBuilder asking(List<Library> libraries, String methods) {
        return options(VerifyBenchmark.class, methods)
                .param("library", libraries.stream().map(Library::name).toArray(String[]::new));
    }

    private static ChainedOptionsBuilder options(Class<?> benchmark, String methods) {
        TimeValue time = TimeValue.milliseconds(Integer.getInteger("ratios.millis", 200));
        return new OptionsBuilder()
                .include(benchmark.getName() + "\\.(" + methods + ")$")
                .forks(Integer.getInteger("ratios.forks", 1))
                .warmupIterations(WARM_UP)
                .warmupTime(time)
                .measurementIterations(MEASURED)
                .measurementTime(time)
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true);
    }

    private void run(ChainedOptionsBuilder options) throws RunnerException {
        measurements.add(new Runner(options.build(), log).run());
    }
}
