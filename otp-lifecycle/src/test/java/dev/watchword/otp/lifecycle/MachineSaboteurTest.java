package dev.watchword.otp.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.internal.machine.MachineFlaw;
import dev.watchword.otp.lifecycle.internal.machine.TokenMachine;
import dev.watchword.otp.lifecycle.operations.HistoryVerificationTest;
import dev.watchword.otp.lifecycle.operations.MigrationTest;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The tests of the rules detect defects. Each defective machine fails a test with the tag of the broken rule. */
class MachineSaboteurTest {
    private static final List<Class<?>> TESTS = List.of(
            CodeTest.class,
            ConfirmationTest.class,
            EmergencyCodeTest.class,
            EvidenceTest.class,
            FloorTest.class,
            HardwareTokenTest.class,
            HolderSuspensionTest.class,
            HotpTokenTest.class,
            HistoryVerificationTest.class,
            IssueTest.class,
            LifecycleTest.class,
            LockTest.class,
            MigrationTest.class,
            OpenRequestsTest.class,
            ProofTest.class,
            ProvisioningTest.class,
            RecoveryCodeTest.class,
            RenewalTest.class,
            ReplacementTest.class,
            ResynchronisationTest.class,
            RevocationTest.class,
            SigningTest.class,
            SuspensionTest.class);

    @AfterEach
    void takeTheRightMachineAgain() {
        InstitutionFixture.machine = TokenMachine::new;
    }

    @ParameterizedTest
    @EnumSource
    void everyFlawFailsATestOfItsRule(MachineFlaw flaw) {
        TestExecutionSummary summary = run(flaw::machine, TagFilter.includeTags(flaw.rule()));

        assertTrue(summary.getTestsFailedCount() > 0, flaw + " turns no test of " + flaw.rule() + " red");
    }

    @Test
    void aMachineWithoutFlawPasses() {
        TestExecutionSummary summary = run(TokenMachine::new, TagFilter.excludeTags("none"));

        assertEquals(
                List.of(),
                summary.getFailures().stream()
                        .map(failure -> failure.getTestIdentifier().getUniqueId() + ": " + failure.getException())
                        .toList());
        assertTrue(summary.getTestsSucceededCount() > 50);
    }

    private static TestExecutionSummary run(Function<TokenPolicy, TokenMachine> machine, PostDiscoveryFilter tags) {
        InstitutionFixture.machine = machine;
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(TESTS.stream().map(DiscoverySelectors::selectClass).toList())
                .filters(EngineFilter.includeEngines("junit-jupiter"), tags)
                .build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, listener);
        return listener.getSummary();
    }
}
