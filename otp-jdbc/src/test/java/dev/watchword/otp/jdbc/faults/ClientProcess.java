package dev.watchword.otp.jdbc.faults;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A separate process that runs a {@link Client}. */
final class ClientProcess implements AutoCloseable {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Process process;
    private final Writer orders;
    private final BufferedReader answers;
    private Path diary = Path.of("");
    private Round round = new Round(1);

    private ClientProcess(Process process) {
        this.process = process;
        orders = process.outputWriter(StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    static ClientProcess start(String url, Path log) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-Dorg.slf4j.simpleLogger.logFile=System.err",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                "-cp",
                classPath(),
                Client.class.getName(),
                url);
        return new ClientProcess(new ProcessBuilder(command)
                .redirectError(Redirect.appendTo(log.toFile()))
                .start());
    }

    private static String classPath() {
        return String.join(
                File.pathSeparator,
                "target/test-classes",
                "target/classes",
                System.getProperty("jdk.module.path", ""),
                System.getProperty("java.class.path"));
    }

    void go(Round newRound, long seed, Path newDiary) throws IOException {
        round = newRound;
        diary = newDiary;
        order(String.join(" ", Client.GO, Integer.toString(round.number()), Long.toString(seed), newDiary.toString()));
        expect(Client.GOING);
    }

    Round round() {
        return round;
    }

    /** Returns the diary of the current round. */
    Path diary() {
        return diary;
    }

    /** Ends the load, once every client has an answer. */
    void stop() throws IOException {
        order(Client.STOP);
        expect(Client.STOPPED);
    }

    private void order(String line) throws IOException {
        orders.write(line + "\n");
        orders.flush();
    }

    private void expect(String answer) throws IOException {
        String line = answers.readLine();
        if (!answer.equals(line)) {
            throw new IllegalStateException("The client must say " + answer + ", but says " + line);
        }
    }

    /** Waits until the clients have written a number of further bytes. */
    void awaitProgress(long bytes) throws IOException {
        long wanted = Files.size(diary) + bytes;
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (Files.size(diary) < wanted) {
            if (System.nanoTime() - deadline > 0 || !process.isAlive()) {
                throw new IllegalStateException("The load does not go on: " + diary);
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Kills the process with SIGKILL. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
