package dev.watchword.otp.jdbc.faults;

import dev.watchword.otp.lifecycle.CodeState;
import dev.watchword.otp.lifecycle.Enrolment;
import dev.watchword.otp.lifecycle.Token;
import dev.watchword.otp.lifecycle.spi.CommitResult;
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

/** A store with one thing taken out that it must have, or one that was written to past it; and what the checker must say to that. */
enum Saboteur {
    NONE(""),
    /** A code is compared with no step that was spent: the condition against replay is taken out. */
    FORGETS_SPENT_STEPS("code accepted twice") {
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
    /** The version of the enrolment does not decide, nor does the number of its event. */
    IGNORES_THE_VERSION("code accepted twice") {
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
    /** Now and then a change is acknowledged, and not committed. */
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
    /** The events are there, and what they tell of is not. */
    LOSES_STATES("state without its events") {
        @Override
        void after(Account account, Connection connection) throws SQLException {
            execute(connection, "UPDATE otp_token SET last_step = last_step - 1");
        }
    },
    /** An event is there, and nothing happened. */
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
    /** An event in the middle is gone. */
    DELETES_EVENTS("chain broken") {
        @Override
        void after(Account account, Connection connection) throws SQLException {
            execute(connection, "DELETE FROM otp_event WHERE event_number = 3");
        }
    },
    /** Not all is delivered, and nobody is behind. */
    SKIPS_IN_THE_FEED("fed out of order") {
        @Override
        void after(Account account, Connection connection) {
            account.fed.values().forEach(fed -> fed.removeIf(event -> event.number() == 2));
        }
    };

    /** What must be among that which the checker says. */
    final String violation;

    Saboteur(String violation) {
        this.violation = violation;
    }

    TokenStore around(TokenStore store) {
        return store;
    }

    DataSource around(DataSource database) {
        return database;
    }

    /** What is done to the tables before the load. */
    void before(Connection connection) throws SQLException {}

    /** What is done to the tables, or to the diary, after the load. */
    void after(Account account, Connection connection) throws SQLException {}

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Enrolment forgetful(Enrolment of) {
        Token token = of.token();
        return new Enrolment(
                of.serviceId(),
                of.holder(),
                of.version(),
                of.userId(),
                token == null ? null : forgetful(token),
                of.waiting(),
                of.softwareRevokedAt(),
                of.mailAddress(),
                of.factors(),
                of.eventCount(),
                of.head());
    }

    private static Token forgetful(Token of) {
        return new Token(
                of.serial(),
                of.kind(),
                of.profile(),
                of.state(),
                of.secret(),
                of.issuedAt(),
                of.activatedAt(),
                of.revokedAt(),
                of.expiresAt(),
                CodeState.NEW,
                of.failures(),
                of.suspension(),
                of.provisioning());
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
