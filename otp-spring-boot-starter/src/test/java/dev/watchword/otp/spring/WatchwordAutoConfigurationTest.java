package dev.watchword.otp.spring;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.otp.jdbc.JdbcTokenStore;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.Proofs;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.RegistrationStatus;
import dev.watchword.otp.lifecycle.model.TokenKind;
import dev.watchword.otp.lifecycle.operations.Histories;
import dev.watchword.otp.lifecycle.operations.TokenLists;
import dev.watchword.otp.lifecycle.operations.TokenStock;
import dev.watchword.otp.lifecycle.policy.BackupCodePolicy;
import dev.watchword.otp.lifecycle.policy.ConfirmationPolicy;
import dev.watchword.otp.lifecycle.policy.EmergencyCodeForm;
import dev.watchword.otp.lifecycle.policy.ProvisioningWait;
import dev.watchword.otp.lifecycle.policy.SerialForm;
import dev.watchword.otp.lifecycle.policy.SigningPolicy;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import dev.watchword.otp.lifecycle.policy.TypedDetail;
import dev.watchword.otp.lifecycle.spi.KeySource;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.InMemoryTokenStore;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeClock;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The beans and the properties of the starter. */
class WatchwordAutoConfigurationTest {
    private static final Holder TARO = new Holder("taro");

    @Test
    void createsEveryServiceFromFourProperties() {
        Applications.bank().run(application -> {
            assertThat(application)
                    .hasNotFailed()
                    .hasSingleBean(Institution.class)
                    .hasSingleBean(TokenService.class)
                    .hasSingleBean(Proofs.class)
                    .hasSingleBean(JdbcTokenStore.class)
                    .hasSingleBean(WatchwordTransactions.class);
            assertThat(application.getBean(TokenStock.class)).isNotNull();
            assertThat(application.getBean(TokenLists.class)).isNotNull();
            assertThat(application.getBean(Histories.class)).isNotNull();
            Institution bank = application.getBean(Institution.class);
            assertThat(bank.serviceId().value()).isEqualTo("10112235");
            assertThat(bank.tokens().registration(TARO).status()).isEqualTo(RegistrationStatus.UNREGISTERED);
        });
    }

    @Test
    void appliesTheNameAndTheClockOfTheApplication() {
        FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z");
        Applications.bank()
                .withBean(Clock.class, () -> clock)
                .withBean(TokenPolicy.class, () -> TestInstitution.POLICY)
                .run(application -> {
                    TokenService tokens = application.getBean(TokenService.class);
                    FakePhone phone = FakePhone.active(tokens, TARO, clock);
                    assertThat(phone.contents().institution()).isEqualTo("The bank");
                    assertThat(phone.contents().start()).isEqualTo("2026-11-23T09:00:00Z");
                });
    }

    @Test
    void appliesThePartsOfThePolicy() {
        Applications.bank()
                .withPropertyValues(
                        "watchword.policy.zone=Europe/Zurich",
                        "watchword.policy.pending-lifetime=3d",
                        "watchword.policy.provisioning-wait=12h",
                        "watchword.policy.confirmation=by-application",
                        "watchword.policy.serials=6-10",
                        "watchword.policy.lock.failure-limit=3",
                        "watchword.policy.renewal.kinds=hardware,software",
                        "watchword.policy.renewal.lead=30d",
                        "watchword.policy.signing.apps=false",
                        "watchword.policy.signing.lifetime=5m",
                        "watchword.policy.signing.open-requests=2",
                        "watchword.policy.signing.typed-detail=payee",
                        "watchword.policy.signing.typed-digits=7",
                        "watchword.policy.signing.plain-codes=true",
                        "watchword.policy.backup-codes.emergency-lifetime=3d",
                        "watchword.policy.backup-codes.emergency-count=2",
                        "watchword.policy.backup-codes.emergency-form=short",
                        "watchword.policy.backup-codes.emergency-tries=3",
                        "watchword.policy.backup-codes.recovery-count=8",
                        "watchword.policy.backup-codes.recovery-tries=7",
                        "watchword.policy.backup-codes.dies-with-accepted-code=false")
                .run(application -> {
                    TokenPolicy policy = application.getBean(TokenPolicy.class);
                    assertThat(policy.zone()).isEqualTo(ZoneId.of("Europe/Zurich"));
                    assertThat(policy.pendingLifetime()).isEqualTo(Duration.ofDays(3));
                    assertThat(policy.software().provisioningWait())
                            .isEqualTo(ProvisioningWait.of(Duration.ofHours(12)));
                    assertThat(policy.confirmation()).isEqualTo(ConfirmationPolicy.BY_APPLICATION);
                    assertThat(policy.serials()).isEqualTo(SerialForm.digits(6, 10));
                    assertThat(policy.lock().failureLimit()).isEqualTo(3);
                    assertThat(policy.renewal().kinds())
                            .containsExactlyInAnyOrder(TokenKind.HARDWARE, TokenKind.SOFTWARE);
                    assertThat(policy.renewal().lead()).isEqualTo(Duration.ofDays(30));
                    assertThat(policy.signing())
                            .isEqualTo(SigningPolicy.NONE.toBuilder()
                                    .lifetime(Duration.ofMinutes(5))
                                    .openRequests(2)
                                    .typedDetail(TypedDetail.of("payee", 7))
                                    .plainCodes(true)
                                    .build());
                    assertThat(policy.backupCodes())
                            .isEqualTo(BackupCodePolicy.builder()
                                    .emergencyLifetime(Duration.ofDays(3))
                                    .emergencyCount(2)
                                    .emergencyForm(EmergencyCodeForm.SHORT)
                                    .emergencyTries(3)
                                    .recoveryCount(8)
                                    .recoveryTries(7)
                                    .diesWithAcceptedCode(false)
                                    .build());
                });
    }

    @Test
    void leavesThePresetUnchangedWithoutParts() {
        Applications.bank()
                .run(application ->
                        assertThat(application.getBean(TokenPolicy.class)).isEqualTo(TokenPolicy.BANK));
        Applications.bank()
                .withPropertyValues("watchword.policy.preset=authenticator-app")
                .run(application ->
                        assertThat(application.getBean(TokenPolicy.class)).isEqualTo(TokenPolicy.AUTHENTICATOR_APP));
    }

    @Test
    void readsTheKeysFromAFile(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("keys"), Applications.keys(1));
        Applications.bare()
                .withPropertyValues(
                        "watchword.service-id=10112235", "watchword.policy.preset=bank", "watchword.keys.file=" + file)
                .run(application -> assertThat(
                                application.getBean(KeySource.class).sealingKeyName())
                        .isEqualTo("k"));
    }

    @Test
    void explainsHowToCreateAKeyFileThatDoesNotExist() {
        Applications.bare()
                .withPropertyValues(
                        "watchword.service-id=10112235",
                        "watchword.policy.preset=bank",
                        "watchword.keys.file=~/watchword.keys")
                .run(application -> {
                    FailureAnalysis analysis = analysis(application);
                    assertThat(analysis.getDescription())
                            .startsWith("The key file ")
                            .endsWith("watchword.keys does not exist.");
                    assertThat(analysis.getAction())
                            .contains("${user.home}", "restore the file from its backup", "openssl rand -base64 32");
                });
    }

    @Test
    void givesWayToEveryBeanOfTheApplication() {
        TokenStore store = new InMemoryTokenStore();
        Applications.bare()
                .withPropertyValues("watchword.service-id=10112235")
                .withBean(TokenStore.class, () -> store)
                .withBean(KeySource.class, () -> TestInstitution.KEYS)
                .withBean(TokenPolicy.class, () -> TestInstitution.POLICY)
                .run(application -> {
                    assertThat(application)
                            .hasNotFailed()
                            .doesNotHaveBean(JdbcTokenStore.class)
                            .doesNotHaveBean(WatchwordTransactions.class);
                    assertThat(application.getBean(TokenStore.class)).isSameAs(store);
                });
        Institution own = TestInstitution.on(Clock.systemUTC());
        Applications.bare()
                .withBean(Institution.class, (Supplier<Institution>) () -> own)
                .run(application ->
                        assertThat(application.getBean(Institution.class)).isSameAs(own));
    }

    @Test
    void doesNothingIfItIsDisabled() {
        Applications.bare()
                .withPropertyValues("watchword.enabled=false")
                .run(application -> assertThat(application).hasNotFailed().doesNotHaveBean(Institution.class));
    }

    @ParameterizedTest
    @CsvSource({
        "watchword.service-id, 1234, The value of watchword.service-id is wrong",
        "watchword.service-id, '', The value of watchword.service-id is wrong",
        "watchword.table-prefix, Otp, The value of watchword.table-prefix is wrong",
        "watchword.keys.text, seal k, The keys of Watchword cannot be read",
        "watchword.policy.lock.failure-limit, 0, The value of watchword.policy.lock is wrong",
        "watchword.policy.backup-codes.emergency-tries, 6, The value of watchword.policy.backup-codes is wrong",
        "watchword.policy.provisioning-wait, tomorrow, The value of watchword.policy.provisioning-wait is wrong",
        "watchword.policy.serials, 12-8, The value of watchword.policy.serials is wrong",
        "watchword.policy.serials, letters, The value of watchword.policy.serials is wrong",
        "watchword.policy.pending-lifetime, 0s, The value of watchword.policy.pending-lifetime is wrong",
        "watchword.schema, flyway, The property watchword.schema names a migration tool that does not run",
        "watchword.schema, none, The database cannot be opened as a token store",
        "watchword.keys.environment, KEYS, Watchword has keys from 2 sources"
    })
    void explainsAWrongValue(String property, String value, String problem) {
        Applications.bank().withPropertyValues(property + "=" + value).run(application -> {
            FailureAnalysis analysis = analysis(application);
            assertThat(analysis.getDescription()).startsWith(problem);
            assertThat(analysis.getAction()).isNotBlank();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"watchword.service-id", "watchword.policy.preset", "watchword.keys.text"})
    void explainsAMissingProperty(String property) {
        String[] others = Arrays.stream(Applications.fourProperties())
                .filter(set -> !set.startsWith(property + "="))
                .toArray(String[]::new);
        Applications.bare().withPropertyValues(others).run(application -> {
            FailureAnalysis analysis = analysis(application);
            assertThat(analysis.getAction()).startsWith("Set ").contains(property);
        });
    }

    @Test
    @Tag("R10.4")
    void explainsKeysThatAreNotThoseOfTheDatabase() {
        String url = "spring.datasource.url=" + Applications.url();
        Applications.bank()
                .withPropertyValues(url)
                .run(application -> assertThat(application).hasNotFailed());
        Applications.bank()
                .withPropertyValues(url, "watchword.keys.text=" + Applications.keys(7))
                .run(application -> assertThat(analysis(application).getDescription())
                        .startsWith("The keys of Watchword are not those of the database"));
    }

    @Test
    @Tag("R10.2")
    void showsNoKeyInAFailureOrInTheProperties() {
        String secret = Applications.keys(9).substring(7, 30);
        Applications.bank()
                .withPropertyValues("watchword.keys.text=seal k x" + secret)
                .run(application -> assertThat(stackTrace(requireNonNull(application.getStartupFailure())))
                        .contains("watchword.keys.text")
                        .doesNotContain(secret));
        Applications.bank()
                .run(application -> assertThat(
                                application.getBean(WatchwordProperties.class).toString())
                        .doesNotContain("seal"));
    }

    private static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @Test
    void explainsThatThereIsNoDataSource() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(WatchwordAutoConfiguration.class))
                .withPropertyValues(Applications.fourProperties())
                .run(application ->
                        assertThat(analysis(application).getAction()).contains("spring.datasource.url"));
    }

    private static FailureAnalysis analysis(AssertableApplicationContext application) {
        assertThat(application).hasFailed();
        Throwable failure = requireNonNull(application.getStartupFailure());
        return requireNonNull(new WatchwordFailureAnalyzer().analyze(failure), () -> "no analysis of " + failure);
    }
}
