package dev.watchword.otp.spring;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.HolderProof;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.OperatorDesk;
import dev.watchword.otp.lifecycle.Proofs;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.TokensInTransaction;
import dev.watchword.otp.lifecycle.model.ConsumerName;
import dev.watchword.otp.lifecycle.model.FeedStart;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.KeyUnavailableException;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Origin;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.RegistrationStatus;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.model.WatchwordException;
import dev.watchword.otp.lifecycle.operations.Histories;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import dev.watchword.otp.lifecycle.spi.KeySource;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeClock;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.crypto.SecretKey;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The operations within transactions of the application, and the three traps of a naive wiring. */
class TransactionsTest {
    private static final Holder TARO = new Holder("taro");

    private static ApplicationContextRunner application() {
        return Applications.bank()
                .withBean(Clock.class, () -> FakeClock.at("2026-11-23T09:00:00Z"))
                .withBean(TokenPolicy.class, () -> TestInstitution.POLICY)
                .withPropertyValues(
                        "spring.datasource.url=" + Applications.url() + ";LOCK_TIMEOUT=100",
                        "spring.datasource.hikari.maximum-pool-size=2",
                        "spring.datasource.hikari.connection-timeout=2000");
    }

    /** A holder with an active token, and a table of the application. */
    private static final class Scene {
        final JdbcTemplate jdbc;
        final TransactionTemplate transaction;
        final TransactionTemplate inner;
        final TokenService tokens;
        final Proofs proofs;
        final WatchwordTransactions transactions;
        final FakePhone phone;

        Scene(ApplicationContext application) {
            jdbc = application.getBean(JdbcTemplate.class);
            PlatformTransactionManager manager = application.getBean(PlatformTransactionManager.class);
            transaction = new TransactionTemplate(manager);
            inner = new TransactionTemplate(manager);
            inner.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
            tokens = application.getBean(TokenService.class);
            proofs = application.getBean(Proofs.class);
            transactions = application.getBean(WatchwordTransactions.class);
            jdbc.execute("CREATE TABLE account (holder VARCHAR(100) PRIMARY KEY)");
            phone = FakePhone.active(tokens, TARO, application.getBean(FakeClock.class));
        }

        void openAccount() {
            jdbc.update("INSERT INTO account VALUES ('taro')");
        }

        int accounts() {
            return requireNonNull(jdbc.queryForObject("SELECT COUNT(*) FROM account", Integer.class));
        }

        RegistrationStatus status() {
            return tokens.registration(TARO).status();
        }

        HolderProof proofOfRevocation() {
            return proofs.forRevocation(TARO, Confirmation.NONE.code(phone.code()))
                    .orElseThrow()
                    .proof();
        }
    }

    @Test
    @Tag("R15.1")
    void aSafeOperationCommitsAndRollsBackWithTheApplication() {
        application().run(application -> {
            Scene scene = new Scene(application);
            HolderProof proof = scene.proofOfRevocation();

            scene.transaction.executeWithoutResult(status -> {
                scene.openAccount();
                scene.transactions.current().revoke(TARO, proof).orElseThrow();
                status.setRollbackOnly();
            });
            assertThat(scene.accounts()).isZero();
            assertThat(scene.status()).isEqualTo(RegistrationStatus.ACTIVE);

            scene.transaction.executeWithoutResult(status -> {
                scene.openAccount();
                scene.transactions.current().revoke(TARO, proof).orElseThrow();
            });
            assertThat(scene.accounts()).isOne();
            assertThat(scene.status()).isEqualTo(RegistrationStatus.UNREGISTERED);
        });
    }

    @Test
    @Tag("R15.1")
    void aTransactionOfJpaIsJoined() {
        application()
                .withConfiguration(AutoConfigurations.of(HibernateJpaAutoConfiguration.class))
                .withPropertyValues("spring.jpa.hibernate.ddl-auto=none")
                .run(application -> {
                    Scene scene = new Scene(application);
                    assertThat(application
                                    .getBean(PlatformTransactionManager.class)
                                    .getClass()
                                    .getSimpleName())
                            .isEqualTo("JpaTransactionManager");
                    HolderProof proof = scene.proofOfRevocation();

                    scene.transaction.executeWithoutResult(status -> {
                        scene.openAccount();
                        scene.transactions.current().revoke(TARO, proof).orElseThrow();
                        status.setRollbackOnly();
                    });
                    assertThat(scene.status()).isEqualTo(RegistrationStatus.ACTIVE);
                    assertThatThrownBy(() -> scene.transaction.execute(
                                    status -> scene.tokens.verify(TARO, "00000000", Purpose.LOGIN)))
                            .isInstanceOf(EvidenceInTransactionException.class);

                    scene.transaction.executeWithoutResult(status -> {
                        scene.openAccount();
                        scene.transactions.current().revoke(TARO, proof).orElseThrow();
                    });
                    assertThat(scene.accounts()).isOne();
                    assertThat(scene.status()).isEqualTo(RegistrationStatus.UNREGISTERED);
                });
    }

    /** They would wait for a second connection, and a rollback would not undo them. */
    @Test
    @Tag("R15.2")
    void listsStockAndHistoriesWithinATransactionThrow() {
        application().run(application -> {
            Scene scene = new Scene(application);
            Institution bank = application.getBean(Institution.class);
            OperatorDesk desk = bank.desk(new Operator("helpdesk-7"));
            List<Supplier<?>> operations = List.of(
                    () -> bank.lists().suspended(null, 10),
                    () -> bank.stock().state("101199980021"),
                    () -> desk.withdraw("101199980021", "recalled"),
                    () -> bank.histories().verify(TARO),
                    () -> bank.consumers().create(new ConsumerName("mail"), FeedStart.NOW));
            for (Supplier<?> operation : operations) {
                assertThatThrownBy(() -> scene.transaction.execute(status -> operation.get()))
                        .isInstanceOf(EvidenceInTransactionException.class);
            }
            for (Supplier<?> operation : operations) {
                assertThat(operation.get()).isNotNull();
            }
        });
    }

    @Test
    @Tag("R2.2")
    @Tag("R15.2")
    void aCodeWithinATransactionThrowsBeforeItIsEvaluated() {
        application().run(application -> {
            Scene scene = new Scene(application);
            String code = scene.phone.code();

            assertThatThrownBy(
                            () -> scene.transaction.execute(status -> scene.tokens.verify(TARO, code, Purpose.LOGIN)))
                    .isInstanceOf(EvidenceInTransactionException.class)
                    .hasMessageContaining("WatchwordTransactions.current()");
            assertThatThrownBy(() -> scene.transaction.execute(status -> scene.proofOfRevocation()))
                    .isInstanceOf(EvidenceInTransactionException.class);

            assertThat(scene.tokens.verify(TARO, code, Purpose.LOGIN).isAccepted())
                    .isTrue();
        });
    }

    @Test
    @Tag("R15.3")
    void noWorkOfTheApplicationIsCommittedThroughATransactionAwareDataSource() {
        application()
                .withUserConfiguration(WithProxy.class)
                .withPropertyValues("watchword.transactions.allow-second-connection=true")
                .run(application -> {
                    Scene scene = new Scene(application);
                    String code = scene.phone.code();
                    scene.transaction.executeWithoutResult(status -> {
                        scene.openAccount();
                        assertThat(scene.tokens
                                        .verify(TARO, code, Purpose.LOGIN)
                                        .isAccepted())
                                .isTrue();
                        // a store on this connection would have ended the transaction: its reads roll back, its writes
                        // commit
                        assertThat(scene.accounts()).isOne();
                        status.setRollbackOnly();
                    });
                    assertThat(scene.accounts()).isZero();
                    assertThat(scene.tokens.verify(TARO, code, Purpose.LOGIN).isAccepted())
                            .isFalse();
                });
    }

    @Test
    @Tag("R15.3")
    void aHiddenTransactionAwareDataSourceIsRefused() {
        application()
                .withUserConfiguration(WithHiddenProxy.class)
                .run(application -> assertThat(application)
                        .getFailure()
                        .hasRootCauseInstanceOf(WatchwordConfigurationException.class));
    }

    @Test
    @Tag("R2.1")
    @Tag("R15.2")
    void aRollbackGivesBackNoGuess() {
        application()
                .withPropertyValues("watchword.transactions.allow-second-connection=true")
                .run(application -> {
                    Scene scene = new Scene(application);
                    for (int guess = 0; guess < 5; guess++) {
                        String wrong = scene.phone.wrongCode(guess);
                        scene.transaction.executeWithoutResult(status -> {
                            assertThat(scene.tokens
                                            .verify(TARO, wrong, Purpose.LOGIN)
                                            .isAccepted())
                                    .isFalse();
                            status.setRollbackOnly();
                        });
                    }
                    assertThat(scene.status()).isEqualTo(RegistrationStatus.SUSPENDED);
                });
    }

    @Test
    @Tag("R15.2")
    void transactionsThatHoldTheWholePoolFailAtOnceInsteadOfWaitingForEachOther() {
        application().run(application -> {
            Scene scene = new Scene(application);
            CyclicBarrier poolIsEmpty = new CyclicBarrier(2);
            ExecutorService threads = Executors.newFixedThreadPool(2);
            try {
                List<Future<Throwable>> failures = new ArrayList<>();
                for (int thread = 0; thread < 2; thread++) {
                    failures.add(threads.submit(() -> scene.transaction.execute(status -> {
                        try {
                            poolIsEmpty.await(10, TimeUnit.SECONDS);
                            return new AssertionError(scene.tokens.verify(TARO, "00000000", Purpose.LOGIN));
                        } catch (Exception e) {
                            return e;
                        }
                    })));
                }
                List<Throwable> thrown = new ArrayList<>();
                for (Future<Throwable> failure : failures) {
                    thrown.add(failure.get());
                }
                assertThat(thrown).hasSize(2).hasOnlyElementsOfType(EvidenceInTransactionException.class);
            } finally {
                threads.shutdownNow();
            }
        });
    }

    @Test
    @Tag("R15.4")
    void aReadOnlyTransactionReadsTheRegistration() {
        application().run(application -> {
            Scene scene = new Scene(application);
            scene.transaction.setReadOnly(true);
            RegistrationStatus status = scene.transaction.execute(transaction ->
                    scene.transactions.current().registration(TARO).status());
            assertThat(status).isEqualTo(RegistrationStatus.ACTIVE);
        });
    }

    @Test
    @Tag("R15.1")
    void eachTransactionHasOneViewAndAnInnerOneHasAnother() {
        application().run(application -> {
            Scene scene = new Scene(application);
            scene.transaction.executeWithoutResult(outer -> {
                TokensInTransaction first = scene.transactions.current();
                TokensInTransaction other = scene.inner.execute(status -> scene.transactions.current());
                assertThat(other).isNotSameAs(first);
                assertThat(scene.transactions.current()).isSameAs(first);
            });
            RegistrationStatus inTheNext = scene.transaction.execute(
                    next -> scene.transactions.current().registration(TARO).status());
            assertThat(inTheNext).isEqualTo(RegistrationStatus.ACTIVE);
        });
    }

    @Test
    @Tag("R15.5")
    void aTransactionInWhichAnOperationFailedCannotCommit() {
        application().run(application -> {
            Scene scene = new Scene(application);
            scene.transaction.executeWithoutResult(outer -> {
                assertThat(scene.transactions.current().lockedRegistration(TARO).status())
                        .isEqualTo(RegistrationStatus.ACTIVE);
                assertThatThrownBy(() -> scene.inner.executeWithoutResult(status -> {
                            scene.openAccount();
                            assertThatThrownBy(
                                            () -> scene.transactions.current().lockedRegistration(TARO))
                                    .isInstanceOf(WatchwordException.class);
                        }))
                        .isInstanceOf(IllegalStateException.class);
            });
            assertThat(scene.accounts()).isZero();
        });
    }

    /** Keys that a test takes away. */
    private static final class LostKeys implements KeySource {
        boolean lost;

        private KeySource keys() {
            if (lost) {
                throw new KeyUnavailableException("The key service does not answer", null);
            }
            return TestInstitution.KEYS;
        }

        @Override
        public String sealingKeyName() {
            return keys().sealingKeyName();
        }

        @Override
        public Optional<SecretKey> sealingKey(String name) {
            return keys().sealingKey(name);
        }

        @Override
        public String historyKeyName() {
            return keys().historyKeyName();
        }

        @Override
        public Optional<SecretKey> historyKey(String name) {
            return keys().historyKey(name);
        }
    }

    /** The store did not fail, and the application catches the exception. */
    @Test
    @Tag("R15.5")
    void aTransactionInWhichAnOperationLackedAKeyCannotCommit() {
        LostKeys keys = new LostKeys();
        application().withBean(KeySource.class, () -> keys).run(application -> {
            Scene scene = new Scene(application);
            HolderProof proof = scene.proofOfRevocation();
            assertThatThrownBy(() -> scene.transaction.executeWithoutResult(status -> {
                        scene.openAccount();
                        keys.lost = true;
                        assertThatThrownBy(() -> {
                                    TokensInTransaction unused = scene.transactions.current();
                                    unused.revoke(TARO, proof).orElseThrow();
                                })
                                .isInstanceOf(KeyUnavailableException.class);
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasCauseInstanceOf(KeyUnavailableException.class);
            keys.lost = false;
            assertThat(scene.accounts()).isZero();
            assertThat(scene.status()).isEqualTo(RegistrationStatus.ACTIVE);
        });
    }

    @Test
    @Tag("R15.5")
    void aTransactionInWhichAnOperationWasRefusedCanCommit() {
        application().run(application -> {
            Scene scene = new Scene(application);
            scene.transaction.executeWithoutResult(status -> {
                scene.openAccount();
                assertThat(scene.transactions.current().lapse(TARO).isAccepted())
                        .isFalse();
            });
            assertThat(scene.accounts()).isOne();
        });
    }

    @Test
    @Tag("R9.6")
    void anOperationRecordsTheOriginOfItsRequest() {
        application().run(application -> {
            Scene scene = new Scene(application);
            scene.transaction.executeWithoutResult(status -> {
                scene.transactions
                        .current(Origin.NONE.source("branch 011"))
                        .desk(new Operator("hanako"))
                        .suspend(TARO, SuspensionReason.LOST, "lost")
                        .orElseThrow();
                scene.transactions
                        .current()
                        .desk(new Operator("hanako"))
                        .resume(TARO, "found")
                        .orElseThrow();
            });
            List<TokenEvent> history = application.getBean(Histories.class).read(TARO, 0, 100);
            assertThat(history.subList(history.size() - 2, history.size()))
                    .extracting(event -> event.origin().source())
                    .containsExactly("branch 011", null);
        });
    }

    @Test
    @Tag("R15.5")
    void aTransactionWithAnOriginInWhichAnOperationFailedCannotCommit() {
        LostKeys keys = new LostKeys();
        application().withBean(KeySource.class, () -> keys).run(application -> {
            Scene scene = new Scene(application);
            assertThatThrownBy(() -> scene.transaction.executeWithoutResult(status -> {
                        scene.openAccount();
                        TokensInTransaction tokens = scene.transactions.current(Origin.NONE.source("branch 011"));
                        keys.lost = true;
                        assertThatThrownBy(() -> tokens.registration(TARO)).isInstanceOf(WatchwordException.class);
                    }))
                    .isInstanceOf(IllegalStateException.class);
            keys.lost = false;
            assertThat(scene.accounts()).isZero();
        });
    }

    @Test
    @Tag("R15.1")
    void thereIsNoViewWithoutATransactionOnTheDataSourceOfTheStore() {
        application().run(application -> {
            Scene scene = new Scene(application);
            assertThatThrownBy(scene.transactions::current)
                    .isInstanceOf(IllegalTransactionStateException.class)
                    .hasMessageContaining("@Transactional");
            DataSource other =
                    DataSourceBuilder.create().url(Applications.url()).build();
            TransactionTemplate elsewhere = new TransactionTemplate(new JdbcTransactionManager(other));
            elsewhere.executeWithoutResult(status -> {
                scene.accounts();
                assertThatThrownBy(scene.transactions::current).isInstanceOf(IllegalTransactionStateException.class);
                assertThat(scene.tokens
                                .verify(TARO, scene.phone.code(), Purpose.LOGIN)
                                .isAccepted())
                        .isTrue();
            });
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class WithProxy {
        @Bean
        DataSource pool() {
            return DataSourceBuilder.create().url(Applications.url()).build();
        }

        @Bean
        @Primary
        DataSource proxy(@Qualifier("pool") DataSource pool) {
            return new TransactionAwareDataSourceProxy(pool);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class WithHiddenProxy {
        @Bean
        DataSource hidden() {
            return new DelegatingDataSource(new TransactionAwareDataSourceProxy(
                    DataSourceBuilder.create().url(Applications.url()).build()));
        }
    }
}
