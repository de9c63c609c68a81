package dev.watchword.otp.jdbc.support;

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
 * A temporary folder in which database servers run. The servers refuse to run as root, so a root process runs them as
 * another user who owns the folder. At the end of this process the servers end, and the folder is deleted.
 */
final class ServerFolder implements AutoCloseable {
    private static final boolean IS_ROOT = "root".equals(System.getProperty("user.name"));
    private static final String PATH = "/usr/sbin:/usr/bin:/sbin:/bin";
    private static final int LAST_CHARACTERS = 2_000;

    private final String user;
    private final String group;
    private final Path folder;
    private final List<Process> started = new ArrayList<>();

    /** Creates a folder for programs that run as a given user if they cannot run as the current one. */
    ServerFolder(String user, String group) {
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

    /** Throws an exception that names the packages to install if programs are missing. */
    static void require(String packages, Path... programs) {
        List<Path> missing = Arrays.stream(programs)
                .filter(program -> !Files.exists(program))
                .toList();
        if (!missing.isEmpty()) {
            throw new IllegalStateException(
                    missing + " are missing; these tests need Debian's packages: apt-get install " + packages);
        }
    }

    public Path folder() {
        return folder;
    }

    /** Writes a file that the programs can read. */
    public Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a program to its end, and returns its output. */
    public String run(String log, List<String> command) {
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

    /** Starts a program in the background. Its output is appended to a file in the folder. */
    public Process start(String log, List<String> command) {
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

    /** Returns the end of a log. */
    public String lastOf(String log) {
        try {
            String all = new String(Files.readAllBytes(folder.resolve(log)), StandardCharsets.ISO_8859_1);
            return all.substring(Math.max(0, all.length() - LAST_CHARACTERS));
        } catch (IOException e) {
            return "it wrote nothing";
        }
    }

    /** Kills a process and its children with SIGKILL, and waits for the end of the process. */
    public static void kill(Process process) {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        process.onExit().join();
    }

    /** Deletes a folder with its content. */
    public static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException ignored) {
            // the system cleans its temporary folder
        }
    }

    @Override
    public void close() {
        synchronized (started) {
            started.forEach(ServerFolder::kill);
            started.clear();
        }
        delete(folder);
    }
}
