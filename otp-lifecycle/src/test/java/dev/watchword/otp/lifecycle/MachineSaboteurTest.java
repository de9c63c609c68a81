package dev.watchword.otp.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

/** The tests of the rules bite: each wrong machine turns one red that is tagged with the rule which it breaks. */
class MachineSaboteurTest {
    private static final List<Class<?>> TESTS = List.of(
            CodeTest.class,
            ConfirmationTest.class,
            FloorTest.class,
            FobTest.class,
            HistoryVerifierTest.class,
            IssueTest.class,
            LifeTest.class,
            LockTest.class,
            MigrationTest.class,
            ProvisioningTest.class,
            RenewalTest.class,
            ResynchronisationTest.class,
            RevocationTest.class,
            SuspensionTest.class);

    @AfterEach
    void takeTheRightMachineAgain() {
        TokenServiceFixture.machine = TokenMachine::new;
    }

    @ParameterizedTest
    @EnumSource
    void isFoundByATestOfItsRule(MachineFlaw flaw) {
        TestExecutionSummary summary = run(flaw::machine, TagFilter.includeTags(flaw.rule()));

        assertTrue(summary.getTestsFailedCount() > 0, flaw + " turns no test of " + flaw.rule() + " red");
    }

    @Test
    void isNobodyWhereNothingIsWrong() {
        TestExecutionSummary summary = run(TokenMachine::new, TagFilter.excludeTags("none"));

        assertEquals(0, summary.getTestsFailedCount());
        assertTrue(summary.getTestsSucceededCount() > 50);
    }

    private static TestExecutionSummary run(Function<TokenPolicy, TokenMachine> machine, PostDiscoveryFilter tags) {
        TokenServiceFixture.machine = machine;
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(TESTS.stream().map(DiscoverySelectors::selectClass).toList())
                .filters(EngineFilter.includeEngines("junit-jupiter"), tags)
                .build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(request, listener);
        return listener.getSummary();
    }
}
