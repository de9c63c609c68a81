package dev.watchword.quickstart;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The whole life of a token. {@link FirstAct} runs in a separate process, which is killed without an orderly shutdown.
 * {@link SecondAct} opens the database that the process left. The program fails if a step has an unexpected outcome.
 */
public final class Quickstart {
    private Quickstart() {}

    /**
     * Runs both acts.
     *
     * @param args the folder for the database; all files in it are deleted first
     * @throws Exception if a step has an unexpected outcome
     */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        empty(folder);
        Bank.createKey(folder);

        Teller.say("Act one, in a process of its own");
        int steps = playAndKill(folder);
        Teller.say("That process was killed: no orderly shutdown. Act two, in another process");
        steps += SecondAct.play(folder);

        Teller.say(
                "Verified: " + steps + " steps went as expected. No code was accepted twice, not even after the kill;"
                        + " none of a token while it was suspended, not even the right one; and the history has every change, in order.");
    }

    private static int playAndKill(Path folder) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-classpath",
                        System.getProperty("java.class.path"),
                        FirstAct.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(FirstAct.END)) {
                    return Integer.parseInt(line.substring(FirstAct.END.length()));
                }
                Teller.say(line);
            }
            throw new IllegalStateException("Act one ended before its last step; look for the failure in its output");
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static void empty(Path folder) throws IOException {
        Files.createDirectories(folder);
        List<Path> left;
        try (Stream<Path> files = Files.walk(folder)) {
            left = files.filter(file -> !file.equals(folder))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
        for (Path file : left) {
            Files.delete(file);
        }
    }
}
