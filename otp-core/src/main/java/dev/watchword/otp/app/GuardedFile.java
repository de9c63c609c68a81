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
 * A small file for its owner alone, that is replaced as a whole: whoever reads it, or finds it after a crash, has it from
 * before or after a write, and never between.
 *
 * <p>A write is first made durable beside it, under its name with {@code .tmp}, and renamed then. What reads in order to
 * write does so {@link #locked}; the lock's file, with {@code .lock}, stays.
 */
final class GuardedFile {
    static final int MAX_LENGTH = 1 << 20;

    /** File locks are held by the process, so its threads need another one. */
    private static final ReentrantLock THREADS = new ReentrantLock();

    private final Path file;

    GuardedFile(Path file) {
        this.file = file.toAbsolutePath();
    }

    /** Does some work while no other thread or process may do any on this file. */
    <T> T locked(Supplier<T> work) {
        THREADS.lock();
        try (FileChannel channel = FileChannel.open(
                sibling(".lock"), Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), ownerOnly())) {
            channel.lock();
            return work.get();
        } catch (IOException e) {
            throw failed("locked; its directory must exist, and be writable", e);
        } finally {
            THREADS.unlock();
        }
    }

    /** Returns all of it, or empty if there is none. */
    Optional<byte[]> read() {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_LENGTH + 1);
            if (bytes.length > MAX_LENGTH) {
                throw new VaultException(file + " is too long to be the right file; restore it", null);
            }
            return Optional.of(bytes);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    void write(byte[] bytes) {
        if (bytes.length > MAX_LENGTH) {
            throw new VaultException(file + " would be too long; remove what is not needed from it first", null);
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
            throw failed("written", e);
        }
    }

    /** Makes the renaming durable where directories can be opened; elsewhere the file system sees to it. */
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
