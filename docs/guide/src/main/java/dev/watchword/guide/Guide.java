package dev.watchword.guide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The program that writes the guide. The build runs it. */
public final class Guide {
    private Guide() {}

    /**
     * Writes the guide. The system property {@code guide.source} is the address at which the files of the repository are
     * shown, with a slash at its end. Without it, the pages name these files only.
     *
     * @param args the folder of the project, and the folder to write
     * @throws IOException if a file cannot be read or written
     */
    public static void main(String[] args) throws IOException {
        Path target = Path.of(args[1]);
        try {
            write(Site.of(new Repository(Path.of(args[0])), System.getProperty("guide.source", "")), target);
        } catch (GuideException e) {
            System.err.println("The guide is not complete:\n" + e.getMessage());
            System.exit(1);
        }
    }

    private static void write(Map<String, byte[]> site, Path target) throws IOException {
        for (Map.Entry<String, byte[]> file : site.entrySet()) {
            Path path = target.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
    }
}
