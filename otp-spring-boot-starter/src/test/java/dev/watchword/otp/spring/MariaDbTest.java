package dev.watchword.otp.spring;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.otp.jdbc.servers.LocalServers;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.RegistrationStatus;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeClock;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.liquibase.autoconfigure.LiquibaseAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** An application on MariaDB, with each way to apply the schema. */
class MariaDbTest {
    private static final Holder TARO = new Holder("taro");

    private static int port;

    @BeforeAll
    static void start() throws IOException {
        port = LocalServers.mariadb(List.of());
    }

    private static ApplicationContextRunner application(String schema) {
        return Applications.bank()
                .withConfiguration(
                        AutoConfigurations.of(FlywayAutoConfiguration.class, LiquibaseAutoConfiguration.class))
                .withBean(Clock.class, () -> FakeClock.at("2026-11-23T09:00:00Z"))
                .withBean(TokenPolicy.class, () -> TestInstitution.POLICY)
                .withPropertyValues(
                        "watchword.schema=" + schema,
                        "spring.flyway.enabled=" + schema.equals("flyway"),
                        "spring.liquibase.enabled=" + schema.equals("liquibase"),
                        "spring.datasource.url=jdbc:mariadb://127.0.0.1:" + port + "/" + schema
                                + "?createDatabaseIfNotExist=true&user=root");
    }

    @ParameterizedTest
    @Tag("R1.2")
    @Tag("R15.1")
    @ValueSource(strings = {"flyway", "liquibase", "apply"})
    void aTokenIsIssuedVerifiedAndRevoked(String schema) {
        application(schema).run(application -> {
            assertThat(application).hasNotFailed();
            TokenService tokens = application.getBean(TokenService.class);
            FakePhone phone = FakePhone.active(tokens, TARO, application.getBean(FakeClock.class));
            String code = phone.code();
            assertThat(tokens.verify(TARO, code, Purpose.LOGIN).isAccepted()).isTrue();
            assertThat(tokens.verify(TARO, code, Purpose.LOGIN).isAccepted()).isFalse();
            revoke(application, true);
            assertThat(tokens.registration(TARO).status()).isEqualTo(RegistrationStatus.ACTIVE);
            revoke(application, false);
            assertThat(tokens.registration(TARO).status()).isEqualTo(RegistrationStatus.UNREGISTERED);
        });
        application(schema).run(application -> {
            assertThat(application).hasNotFailed();
            assertThat(requireNonNull(application
                            .getBean(JdbcTemplate.class)
                            .queryForObject("SELECT COUNT(*) FROM otp_enrolment", Integer.class)))
                    .isOne();
        });
    }

    private static void revoke(AssertableApplicationContext application, boolean rollsBack) {
        WatchwordTransactions transactions = application.getBean(WatchwordTransactions.class);
        new TransactionTemplate(application.getBean(PlatformTransactionManager.class)).executeWithoutResult(status -> {
            transactions
                    .current()
                    .desk(new Operator("hanako"))
                    .revoke(TARO, "closed")
                    .orElseThrow();
            if (rollsBack) {
                status.setRollbackOnly();
            }
        });
    }
}
