package dev.watchword.otp.jdbc.support;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A PostgreSQL primary with a synchronous standby on loopback, from Debian's packages. The primary acknowledges a
 * commit when both servers have written it. When the primary is killed, the standby can be promoted and gets a new
 * standby. For use by one thread.
 */
public final class Replicated implements AutoCloseable {
    private final AtomicInteger databases = new AtomicInteger();
    private final ServerFolder serverFolder;

    private PostgresqlNode primary;
    private PostgresqlNode standby;

    private Replicated(ServerFolder serverFolder, PostgresqlNode primary, PostgresqlNode standby) {
        this.serverFolder = serverFolder;
        this.primary = primary;
        this.standby = standby;
    }

    /**
     * Starts both servers, and waits until the standby has all data. The servers end with this process at the latest.
     */
    public static Replicated start() {
        PostgresqlNode.requirePackages();
        ServerFolder serverFolder = new ServerFolder("postgres", "postgres");
        List<Integer> ports = Ports.free(2);
        Replicated replicated = new Replicated(
                serverFolder,
                new PostgresqlNode(serverFolder, "server0", ports.get(0)),
                new PostgresqlNode(serverFolder, "server1", ports.get(1)));
        replicated.primary.create();
        replicated.primary.start();
        replicated.addStandby();
        return replicated;
    }

    public PostgresqlNode primary() {
        return primary;
    }

    public PostgresqlNode standby() {
        return standby;
    }

    /** Returns the URL of a database on both servers. Each connection goes to the current primary. */
    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + primary.port() + ",127.0.0.1:" + standby.port() + "/" + database
                + "?user=postgres&targetServerType=primary&hostRecheckSeconds=0&connectTimeout=2&socketTimeout=5";
    }

    /** Creates a database, and returns its name. */
    public String createDatabase() {
        String name = "watchword" + databases.incrementAndGet();
        primary.execute("CREATE DATABASE " + name);
        return name;
    }

    /** Ends the primary with SIGKILL. Reads and changes fail until the standby is promoted. */
    public void killPrimary() {
        primary.kill();
    }

    /** Ends the standby with SIGKILL. No commit is acknowledged until the standby is back. */
    public void killStandby() {
        standby.kill();
    }

    /** Promotes the standby to a primary that waits for no standby. The old primary must be dead. */
    public void promote() {
        standby.promote();
        PostgresqlNode old = primary;
        primary = standby;
        standby = old;
    }

    /** Makes the dead server a standby with a new copy of the primary. Commits wait for it from then on. */
    public void addStandby() {
        standby.copy(primary);
        standby.start();
        primary.waitFor(standby);
    }

    @Override
    public void close() {
        serverFolder.close();
    }
}
