package dev.watchword.otp.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A small file that only its owner can read. A write replaces the whole file. A reader therefore finds the content
 * before or after a write, never a mixture, even after a crash.
 *
 * <p>A write first makes a temporary file durable, beside the file and with the suffix {@code .tmp}. It then renames
 * the temporary file. Code that reads the file in order to write it MUST do so in {@link #locked}. The lock file with
 * the suffix {@code .lock} is never deleted.
 */
final class GuardedFile {
    /** The maximum length in bytes: 1 MiB. It bounds the memory that a damaged or foreign file can occupy. */
    static final int MAX_LENGTH = 1 << 20;

    /**
     * The lock between the threads of this process. File locks belong to a process and do not exclude its threads from
     * each other.
     */
    private static final ReentrantLock THREADS = new ReentrantLock();

    private final Path file;

    GuardedFile(Path file) {
        this.file = file.toAbsolutePath();
    }

    /** Runs work while no other thread or process runs work on this file. */
    <T> T locked(Supplier<T> work) {
        THREADS.lock();
        try (FileChannel channel = FileChannel.open(
                sibling(".lock"), Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), ownerOnly())) {
            channel.lock();
            return work.get();
        } catch (IOException e) {
            throw failed("locked; its directory must exist and be writable", e);
        } finally {
            THREADS.unlock();
        }
    }

    /** Returns the content, or empty if the file does not exist. */
    Optional<byte[]> read() {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_LENGTH + 1);
            if (bytes.length > MAX_LENGTH) {
                throw new VaultException(
                        file + " is too long for a vault or a key store; restore it from a copy", null);
            }
            return Optional.of(bytes);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failed("read; check its permissions", e);
        }
    }

    /** Replaces the content durably. */
    void write(byte[] bytes) {
        if (bytes.length > MAX_LENGTH) {
            throw new VaultException(file + " would become too long; remove entries that are no longer needed", null);
        }
        try {
            Path temporary = sibling(".tmp");
            Files.deleteIfExists(temporary);
            try (FileChannel out = FileChannel.open(
                    temporary, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly())) {
                ByteBuffer left = ByteBuffer.wrap(bytes);
                while (left.hasRemaining()) {
                    out.write(left);
                }
                out.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            forceDirectory();
        } catch (IOException e) {
            throw failed("written; its directory must exist and be writable", e);
        }
    }

    /** Makes the rename durable on platforms that can open a directory. Elsewhere the file system is responsible. */
    private void forceDirectory() throws IOException {
        if (hasOwners()) {
            try (FileChannel directory = FileChannel.open(directory(), StandardOpenOption.READ)) {
                directory.force(true);
            }
        }
    }

    private FileAttribute<?>[] ownerOnly() {
        return hasOwners()
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /** Returns whether the file system has POSIX owners and permissions. */
    private boolean hasOwners() {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private Path directory() {
        return file.resolveSibling("");
    }

    private Path sibling(String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }

    private VaultException failed(String what, Exception cause) {
        return new VaultException(file + " cannot be " + what, cause);
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
