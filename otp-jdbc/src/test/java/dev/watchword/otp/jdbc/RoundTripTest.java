package dev.watchword.otp.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.Accepted;
import dev.watchword.otp.lifecycle.Holder;
import dev.watchword.otp.lifecycle.Outcome;
import dev.watchword.otp.lifecycle.Purpose;
import dev.watchword.otp.lifecycle.Refusal;
import dev.watchword.otp.lifecycle.Refused;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.InMemoryTokens;
import dev.watchword.otp.testing.FakeClock;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is said to a database for a verification, counted in a driver around the driver. */
@Tag("R9.2")
class RoundTripTest {
    private static final Holder TARO = new Holder("taro");

    private final FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z");
    private final List<String> said = new ArrayList<>();

    /** The first word of each statement that is carried out, and what is said about transactions. */
    private DataSource counted(DataSource dataSource) {
        return proxy(
                DataSource.class,
                dataSource,
                (method, result, args) -> result instanceof Connection connection
                        ? proxy(Connection.class, connection, this::ofConnection)
                        : result);
    }

    private Object ofConnection(Method method, Object result, Object[] args) {
        if (List.of("commit", "rollback", "setAutoCommit").contains(method.getName())) {
            said.add(method.getName());
        }
        if (!(result instanceof PreparedStatement statement)) {
            return result;
        }
        String sql = ((String) args[0]).strip();
        String word = sql.split("\\W+", 2)[0].toLowerCase(Locale.ROOT);
        return proxy(PreparedStatement.class, statement, (call, answer, values) -> {
            if (call.getName().startsWith("execute")) {
                said.add(word);
            }
            return answer;
        });
    }

    private interface After {
        Object of(Method method, Object result, Object[] args);
    }

    private static <T> T proxy(Class<T> type, T target, After after) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
            try {
                return after.of(method, method.invoke(target, args), args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }

    private List<String> saidFor(DataSource database, boolean right) {
        JdbcSchema.apply(database);
        TokenService tokens = InMemoryTokens.builder(JdbcTokenStore.on(counted(database)), clock)
                .build();
        FakePhone phone = FakePhone.active(tokens, TARO, clock);
        said.clear();
        Outcome outcome = tokens.verify(TARO, right ? phone.code() : phone.wrongCode(), Purpose.LOGIN);
        if (right) {
            assertInstanceOf(Accepted.class, outcome);
        } else {
            assertEquals(
                    Refusal.WRONG_CODE, assertInstanceOf(Refused.class, outcome).refusal());
        }
        clock.toNextStep(TotpProfile.BANK);
        return List.copyOf(said);
    }

    @Test
    void aVerificationIsTwoStatementsOnPostgresql() {
        try (var database = Server.POSTGRESQL.database("")) {
            assertEquals(List.of("select", "with"), saidFor(database, true));
        }
        try (var database = Server.POSTGRESQL.database("")) {
            assertEquals(List.of("select", "with"), saidFor(database, false));
        }
    }

    @Test
    void aVerificationIsASelectAndATransactionOnMariadb() {
        try (var database = Server.MARIADB.database("")) {
            assertEquals(
                    List.of("select", "setAutoCommit", "update", "update", "insert", "commit", "setAutoCommit"),
                    saidFor(database, true));
        }
    }
}
