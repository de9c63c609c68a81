package dev.watchword.otp.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.spi.CommitResult;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The calls on a connection, and the exceptions for its failures. */
@Tag("R9.2")
class TransactionTest {
    private final List<String> said = new ArrayList<>();
    private final SQLException failure = new SQLException("the statement failed");
    private final SQLException lostRace = new SQLException("another was faster", "40001");

    /** A connection on which some methods fail. */
    private Connection connection(String... failing) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (self, method, args) -> {
                    String call = method.getName() + (args == null ? "" : " " + args[0]);
                    if (method.getName().equals("getAutoCommit")) {
                        return true;
                    }
                    said.add(method.getName().equals("abort") ? "abort" : call);
                    if (Set.of(failing).contains(call + " 40001")) {
                        throw lostRace;
                    }
                    if (Set.of(failing).contains(call + " without state")) {
                        throw new SQLException(call + " failed");
                    }
                    if (Set.of(failing).contains(call)) {
                        throw new SQLException(call + " failed", call.equals("commit") ? "40001" : "08006");
                    }
                    return null;
                });
    }

    private static Session session(Connection connection) {
        return new Session(connection, Product.POSTGRESQL, Engine.OWN, TablePrefix.DEFAULT);
    }

    private static CommitResult run(Connection connection, CommitResult result) throws SQLException {
        return Transaction.run(session(connection), () -> result);
    }

    @Test
    void commitsAnAcceptedChange() throws SQLException {
        assertEquals(CommitResult.COMMITTED, run(connection(), CommitResult.COMMITTED));
        assertEquals(
                List.of("setAutoCommit false", "clearWarnings", "commit", "getWarnings", "setAutoCommit true"), said);
    }

    @Test
    void rollsBackARejectedChange() throws SQLException {
        assertEquals(CommitResult.SERIAL_TAKEN, run(connection(), CommitResult.SERIAL_TAKEN));
        assertEquals(List.of("setAutoCommit false", "rollback", "setAutoCommit true"), said);
    }

    @Test
    void rollsBackAStaleChange() throws SQLException {
        assertEquals(CommitResult.STALE, run(connection(), CommitResult.STALE));
        assertEquals(List.of("setAutoCommit false", "rollback", "setAutoCommit true"), said);
    }

    @Test
    void rollsBackAfterAFailure() {
        assertSame(
                failure,
                assertThrows(
                        SQLException.class,
                        () -> Transaction.run(session(connection()), () -> {
                            throw failure;
                        })));
        assertEquals(List.of("setAutoCommit false", "rollback", "setAutoCommit true"), said);
    }

    @Test
    void reportsALostRaceAsStaleAtEveryCall() throws SQLException {
        assertEquals(CommitResult.STALE, Transaction.run(session(connection()), () -> {
            throw lostRace;
        }));
        assertEquals(CommitResult.STALE, run(connection("commit"), CommitResult.COMMITTED));
    }

    /** A switch to auto-commit would commit half of a change. */
    @Test
    void givesUpAConnectionThatCannotRollBack() {
        Connection broken = connection("rollback");

        assertSame(
                failure,
                assertThrows(
                        SQLException.class,
                        () -> Transaction.run(session(broken), () -> {
                            throw failure;
                        })));
        assertEquals(List.of("setAutoCommit false", "rollback", "abort"), said);
        assertEquals(1, failure.getSuppressed().length);
    }

    /** A node of a cluster reports the lost race again at the rollback. The connection stays usable. */
    @Test
    void keepsAConnectionThatWasRolledBackByTheServer() throws SQLException {
        assertEquals(CommitResult.STALE, Transaction.run(session(connection("rollback 40001")), () -> {
            throw lostRace;
        }));
        assertEquals(List.of("setAutoCommit false", "rollback", "setAutoCommit true"), said);
    }

    /** A lost race that a call reports after the commit would deny the commit. */
    @Test
    void aFailureAfterTheCommitLeavesTheOutcomeUnknown() {
        for (String failing : List.of("getWarnings", "getWarnings 40001", "getWarnings without state")) {
            SQLException thrown =
                    assertThrows(SQLException.class, () -> run(connection(failing), CommitResult.COMMITTED), failing);
            assertTrue(SqlStates.isDoubt(thrown), failing);
        }
    }

    @Test
    void keepsACommittedResult() throws SQLException {
        assertEquals(CommitResult.COMMITTED, run(connection("setAutoCommit true"), CommitResult.COMMITTED));
    }
}
