package dev.watchword.otp.jdbc;

import dev.watchword.otp.lifecycle.model.StorageException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * An SQLite database in a file, opened inside this process. SQLite writes each commit through to the disk before it
 * acknowledges the commit. An acknowledged commit therefore survives the death of the process and a power failure, as
 * far as the disk keeps what it confirms. This class needs {@code org.xerial:sqlite-jdbc} on the class path.
 *
 * <p>Other processes of the same machine may open the file at the same time. The file MUST NOT be on a network file
 * system, because SQLite's locks do not work on many of them. SQLite keeps two more files beside it, with the endings
 * {@code -wal} and {@code -shm}. A copy of the file without them lacks commits; use {@link #backUp} instead.
 *
 * <p>The driver unpacks a native library into the folder of {@code java.io.tmpdir}, from which the operating system must
 * allow execution. The property {@code org.sqlite.tmpdir} names another folder. From JDK 24 on, the JVM warns about
 * native access unless it is started with {@code --enable-native-access=ALL-UNNAMED}.
 *
 * <p>This class and its stores are safe for use by several threads. At most 8 connections are open at a time, and a
 * call that finds no free connection waits for one.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    private final SqlitePool pool;

    private EmbeddedDatabase(SqlitePool pool) {
        this.pool = pool;
    }

    /**
     * Opens a database. Creates the file if it does not exist, and applies the schema scripts that the database lacks.
     *
     * @param file the path of the file, whose folder exists
     * @return the open database; close it to release its connections
     * @throws StorageException if the database cannot be opened, for example because the file is of another format, or if
     *     it has the schema of a newer version of this library
     */
    public static EmbeddedDatabase open(Path file) {
        SqlitePool pool = new SqlitePool(file);
        try {
            JdbcSchema.apply(pool);
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
        return new EmbeddedDatabase(pool);
    }

    /**
     * Returns a store on this database.
     *
     * @return a store that works until the database is closed
     * @throws StorageException if the database fails or is closed
     */
    public JdbcTokenStore tokenStore() {
        return JdbcTokenStore.on(pool);
    }

    /**
     * Returns the data source of this database, for the application's own tables and transactions.
     *
     * @return a data source that pools its connections, and that works until the database is closed
     */
    public DataSource dataSource() {
        return pool;
    }

    /**
     * Writes a consistent copy of the database to another file, while other threads and processes use the database. The
     * copy contains every commit that was acknowledged before this call. The method returns once the copy is on the disk.
     *
     * <p>The operator who restores a copy MUST raise the floor before the next login. Otherwise, codes that were accepted after the
     * copy was made are accepted again. See {@link dev.watchword.otp.lifecycle.OperatorDesk#raiseFloor}.
     *
     * @param copy the file to write, which this method replaces if it exists; its folder exists
     * @throws StorageException if the copy cannot be written; an earlier copy is then unchanged
     */
    public void backUp(Path copy) {
        Path target = copy.toAbsolutePath();
        Path unfinished = target.resolveSibling(target.getFileName() + ".unfinished");
        try {
            Files.deleteIfExists(unfinished);
            try (Connection connection = pool.getConnection();
                    PreparedStatement statement = connection.prepareStatement("VACUUM INTO ?")) {
                statement.setString(1, unfinished.toString());
                statement.execute();
            }
            try (FileChannel written = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                written.force(true);
            }
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (SQLException | IOException e) {
            throw new StorageException("The copy could not be written; make room for it and repeat the backup", e);
        }
    }

    /** Closes the database. Its stores throw a {@link StorageException} afterwards. Does nothing if it is already closed. */
    @Override
    public void close() {
        pool.close();
    }
}
