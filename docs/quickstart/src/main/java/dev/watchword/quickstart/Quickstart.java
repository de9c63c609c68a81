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
 * Tells the whole life of a token. {@link FirstAct} is played in a process of its own, which is then killed without an
 * orderly shutdown; {@link SecondAct} opens what it left. Fails if anything turns out otherwise than expected.
 */
public final class Quickstart {
    private Quickstart() {}

    /**
     * Tells the story.
     *
     * @param args the folder for the database; it is emptied first
     * @throws Exception if the story turns out otherwise
     */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        empty(folder);
        Institution.createKey(folder);

        Teller.say("Act one, in a process of its own");
        int steps = playAndKill(folder);
        Teller.say("That process was killed: no orderly shutdown. Act two, in another process");
        steps += SecondAct.play(folder);

        Teller.say(
                "Verified: " + steps + " steps went as expected. No code was accepted twice, not even after the kill;"
                        + " none while the token was suspended, not even the right one; and the history has every change, in order.");
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
            throw new IllegalStateException("Act one did not come to its end");
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
