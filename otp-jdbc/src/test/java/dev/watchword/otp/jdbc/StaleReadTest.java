package dev.watchword.otp.jdbc;

import static dev.watchword.otp.jdbc.support.Outcomes.assertAccepted;
import static dev.watchword.otp.jdbc.support.Outcomes.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.jdbc.support.Server;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.RegistrationStatus;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeClock;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A pool whose connections have autocommit off, and which never ends a transaction. Reads see what others committed. */
@Tag("R1.2")
class StaleReadTest {
    private static final Holder TARO = new Holder("taro");

    private static HikariDataSource database(Product product) {
        return product == Product.POSTGRESQL
                ? Server.POSTGRESQL.database("&options=-c%20default_transaction_isolation=repeatable%5C%20read")
                : EmptyDatabase.of(product);
    }

    /** Returns a pool of one connection, which stays open and is returned without a reset. */
    private static DataSource poolOf(Connection only) {
        Connection lent = (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (self, method, args) -> {
                    try {
                        return method.getName().equals("close") ? null : method.invoke(only, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (self, method, args) -> lent);
    }

    @ParameterizedTest
    @EnumSource(Product.class)
    void readsSeeWhatOthersCommitted(Product product) throws Exception {
        try (HikariDataSource database = database(product)) {
            JdbcSchema.apply(database);
            FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z");
            Institution elsewhere =
                    TestInstitution.builder(JdbcTokenStore.on(database), clock).build();
            try (Connection only = database.getConnection()) {
                only.setAutoCommit(false);
                Institution here = TestInstitution.builder(
                                JdbcTokenStore.builder(poolOf(only))
                                        .patience(Duration.ofSeconds(2))
                                        .build(),
                                clock)
                        .build();
                FakePhone phone = FakePhone.active(elsewhere.tokens(), TARO, clock);
                assertEquals(
                        RegistrationStatus.ACTIVE,
                        here.tokens().registration(TARO).status());
                Operator operator = new Operator("helpdesk-7");
                assertAccepted(elsewhere.desk(operator).suspend(TARO, SuspensionReason.LOST, "phoned in"));

                assertEquals(
                        RegistrationStatus.SUSPENDED,
                        here.tokens().registration(TARO).status());
                assertRefused(Refusal.SUSPENDED, here.tokens().verify(TARO, phone.code(), Purpose.LOGIN));

                assertAccepted(here.desk(operator).resume(TARO, "found"));
                assertAccepted(elsewhere.tokens().verify(TARO, phone.code(), Purpose.LOGIN));
                assertRefused(Refusal.REPLAYED, here.tokens().verify(TARO, phone.code(), Purpose.LOGIN));
                only.rollback();
                only.setAutoCommit(true);
            }
        }
    }
}
