package dev.watchword.otp.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A temporary folder in which programs of a database server are run. They refuse to be root, so if this process is root's, they are
 * run as another user, to whom the folder belongs. All that was started ends with this process, and the folder is deleted.
 */
final class Workplace implements AutoCloseable {
    private static final boolean IS_ROOT = "root".equals(System.getProperty("user.name"));
    private static final String PATH = "/usr/sbin:/usr/bin:/sbin:/bin";
    private static final int LAST_CHARACTERS = 2_000;

    private final String user;
    private final String group;
    private final Path folder;
    private final List<Process> started = new ArrayList<>();

    /** A new one, for programs that are run as a user if they cannot be run as the current one. */
    Workplace(String user, String group) {
        this.user = user;
        this.group = group;
        try {
            folder = Files.createTempDirectory("watchword");
            if (IS_ROOT) {
                Files.setOwner(
                        folder,
                        folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    /** Fails, and says what to install, where programs are missing. */
    static void require(String packages, Path... programs) {
        List<Path> missing = Arrays.stream(programs)
                .filter(program -> !Files.exists(program))
                .toList();
        if (!missing.isEmpty()) {
            throw new IllegalStateException(
                    missing + " are missing; these tests need Debian's packages: apt-get install " + packages);
        }
    }

    Path folder() {
        return folder;
    }

    /** A file in the folder, which may be read by the programs. */
    Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a program to its end, and returns what it said. */
    String run(String log, List<String> command) {
        Process process = start(log, command);
        try {
            if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IllegalStateException(command + " failed: " + lastOf(log));
            }
            return Files.readString(folder.resolve(log), StandardCharsets.UTF_8);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while " + command + " was at work", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            kill(process);
        }
    }

    /** Starts a program that goes on, and writes what it says at the end of a file in the folder. */
    Process start(String log, List<String> command) {
        List<String> words = new ArrayList<>();
        if (IS_ROOT) {
            words.addAll(List.of("setpriv", "--reuid=" + user, "--regid=" + group, "--clear-groups"));
        }
        words.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve(log).toFile()));
        builder.environment().putAll(Map.of("PATH", PATH, "LC_ALL", "C", "HOME", folder.toString()));
        try {
            Process process = builder.start();
            synchronized (started) {
                started.removeIf(each -> !each.isAlive());
                started.add(process);
            }
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was written last to a log. */
    String lastOf(String log) {
        try {
            String all = new String(Files.readAllBytes(folder.resolve(log)), StandardCharsets.ISO_8859_1);
            return all.substring(Math.max(0, all.length() - LAST_CHARACTERS));
        } catch (IOException e) {
            return "it wrote nothing";
        }
    }

    /** Kills a process and its children with SIGKILL, and waits for its end; orphans may linger, but do nothing any more. */
    static void kill(Process process) {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        process.onExit().join();
    }

    /** Deletes a folder with all that is in it. */
    static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException ignored) {
            // what is left is in the folder for temporary files
        }
    }

    @Override
    public void close() {
        synchronized (started) {
            started.forEach(Workplace::kill);
            started.clear();
        }
        delete(folder);
    }
}
