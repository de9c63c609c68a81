package dev.watchword.otp.jdbc.faults;

import dev.watchword.otp.lifecycle.model.CodeState;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.IntegrityException;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A defect of the store, or a change to its tables without the store, and the finding that the checker must report. */
enum Saboteur {
    NONE(""),
    /** Returns enrolments without their spent steps. Their rows are then not those that were authenticated. */
    FORGETS_SPENT_STEPS(Saboteur.notAuthentic()) {
        @Override
        TokenStore around(TokenStore store) {
            return proxy(TokenStore.class, store, (method, args, call) -> {
                Object result = call.get();
                return result instanceof Optional<?> found && found.orElse(null) instanceof Enrolment enrolment
                        ? Optional.of(forgetful(enrolment))
                        : result;
            });
        }
    },
    /** Ignores the version of the enrolment and the number of its event. Rows of two changes are then mixed. */
    IGNORES_THE_VERSION(Saboteur.notAuthentic()) {
        @Override
        void before(Connection connection) throws SQLException {
            execute(connection, "ALTER TABLE otp_event DROP CONSTRAINT otp_event_pkey");
        }

        @Override
        DataSource around(DataSource database) {
            return proxy(DataSource.class, database, (method, args, call) -> {
                Object result = call.get();
                return result instanceof Connection connection
                        ? proxy(Connection.class, connection, Saboteur::unconditional)
                        : result;
            });
        }
    },
    /** Sometimes acknowledges a change without a commit. */
    LOSES_COMMITS("acknowledged change lost") {
        @Override
        TokenStore around(TokenStore store) {
            AtomicInteger commits = new AtomicInteger();
            return proxy(TokenStore.class, store, (method, args, call) -> {
                boolean loses = method.getName().equals("commit") && commits.incrementAndGet() % 50 == 0;
                return loses ? CommitResult.COMMITTED : call.get();
            });
        }
    },
    /** Acknowledges each use of an emergency code without a commit. */
    LOSES_USED_CODES("emergency code accepted twice") {
        @Override
        TokenStore around(TokenStore store) {
            return proxy(TokenStore.class, store, (method, args, call) -> {
                boolean loses = args != null
                        && args.length > 0
                        && args[0] instanceof EnrolmentChange change
                        && usesEmergencyCode(change);
                return loses ? CommitResult.COMMITTED : call.get();
            });
        }
    },
    /** Keeps the events, and undoes their changes. */
    LOSES_STATES("not to be read or written") {
        @Override
        void after(Account account, Connection connection) throws SQLException {
            execute(connection, "UPDATE otp_token SET last_step = last_step - 1");
        }
    },
    /** Adds an event without a change. */
    INVENTS_EVENTS("event without its change") {
        @Override
        void after(Account account, Connection connection) throws SQLException {
            execute(connection, """
                    INSERT INTO otp_event (service_id, holder, event_number, change_id, happened_at, event_type, serial,
                        link_key_name, link)
                    SELECT service_id, holder, event_number + 1, 'none', happened_at, 'CODE_ACCEPTED', serial,
                        link_key_name, link
                    FROM otp_event e WHERE event_number = (
                        SELECT MAX(event_number) FROM otp_event m WHERE m.holder = e.holder)""");
        }
    },
    /** Deletes an event in the middle. */
    DELETES_EVENTS("chain broken") {
        @Override
        void after(Account account, Connection connection) throws SQLException {
            execute(connection, "DELETE FROM otp_event WHERE event_number = 3");
        }
    },
    /** Removes the second event of each holder from the consumer's record. */
    SKIPS_IN_THE_FEED("fed out of order") {
        @Override
        void after(Account account, Connection connection) {
            account.fed.values().forEach(fed -> fed.removeIf(event -> event.number() == 2));
        }
    };

    /** A text that the findings of the checker must contain. */
    final String violation;

    Saboteur(String violation) {
        this.violation = violation;
    }

    /** Returns the finding of a client whose enrolment fails its integrity check. */
    private static String notAuthentic() {
        return "broken " + IntegrityException.class.getName();
    }

    TokenStore around(TokenStore store) {
        return store;
    }

    DataSource around(DataSource database) {
        return database;
    }

    /** Changes the tables before the load. */
    void before(Connection connection) throws SQLException {}

    /** Changes the tables or the diary after the load. */
    void after(Account account, Connection connection) throws SQLException {}

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static boolean usesEmergencyCode(EnrolmentChange change) {
        return change.events().stream()
                .anyMatch(recorded -> recorded.event().type() == EventType.EMERGENCY_CODE_ACCEPTED);
    }

    private static Enrolment forgetful(Enrolment of) {
        Token token = of.token();
        return of.toBuilder().token(token == null ? null : forgetful(token)).build();
    }

    private static Token forgetful(Token of) {
        return of.toBuilder().codes(CodeState.NEW).build();
    }

    private static Object unconditional(Method method, Object[] args, Call call) throws Throwable {
        if (method.getName().equals("prepareStatement")) {
            args[0] = ((String) args[0]).replace("AND version = ?", "AND (version = ? OR TRUE)");
        }
        return call.get();
    }

    private interface Call {
        Object get() throws Throwable;
    }

    private interface Around {
        Object of(Method method, Object[] args, Call call) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, T target, Around around) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, args) -> around.of(method, args, () -> {
                    try {
                        return method.invoke(target, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                })));
    }
}
