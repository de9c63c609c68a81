package dev.watchword.otp.jdbc;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A PostgreSQL primary with a synchronous standby on loopback, from Debian's packages: a commit is acknowledged when both have
 * written it. The standby can be promoted when the primary was killed, and gets a standby of its own then, again and again. Used by
 * one thread at a time.
 */
final class Replicated implements AutoCloseable {
    private final AtomicInteger databases = new AtomicInteger();
    private final Workplace workplace;

    private PostgresqlNode primary;
    private PostgresqlNode standby;

    private Replicated(Workplace workplace, PostgresqlNode primary, PostgresqlNode standby) {
        this.workplace = workplace;
        this.primary = primary;
        this.standby = standby;
    }

    /** Starts both, and waits until the standby has all. They end with this process, unless they are closed before. */
    static Replicated start() {
        PostgresqlNode.requirePackages();
        Workplace workplace = new Workplace("postgres", "postgres");
        List<Integer> ports = Ports.free(2);
        Replicated replicated = new Replicated(
                workplace,
                new PostgresqlNode(workplace, "server0", ports.get(0)),
                new PostgresqlNode(workplace, "server1", ports.get(1)));
        replicated.primary.create();
        replicated.primary.start();
        replicated.addStandby();
        return replicated;
    }

    PostgresqlNode primary() {
        return primary;
    }

    PostgresqlNode standby() {
        return standby;
    }

    /** The URL of a database at both: each connection goes to the one that is the primary then. */
    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + primary.port() + ",127.0.0.1:" + standby.port() + "/" + database
                + "?user=postgres&targetServerType=primary&hostRecheckSeconds=0&connectTimeout=2&socketTimeout=5";
    }

    /** Creates a database, and returns its name. */
    String createDatabase() {
        String name = "watchword" + databases.incrementAndGet();
        primary.execute("CREATE DATABASE " + name);
        return name;
    }

    /** Ends the primary with SIGKILL. Nothing can be read or changed until the standby is promoted. */
    void killPrimary() {
        primary.kill();
    }

    /** Ends the standby with SIGKILL. Nothing is acknowledged any more until it is there again. */
    void killStandby() {
        standby.kill();
    }

    /** Makes the standby the primary, which has no standby yet and waits for none; the old primary must be dead. */
    void promote() {
        standby.promote();
        PostgresqlNode old = primary;
        primary = standby;
        standby = old;
    }

    /** Makes the server that is dead a standby with a new copy of the primary, for which the primary waits from then on. */
    void addStandby() {
        standby.copy(primary);
        standby.start();
        primary.waitFor(standby);
    }

    @Override
    public void close() {
        workplace.close();
    }
}
