package dev.watchword.otp.jdbc;

import dev.watchword.otp.TotpWindow;
import dev.watchword.otp.jdbc.model.LifeWorld;
import dev.watchword.otp.jdbc.model.Step;
import dev.watchword.otp.jdbc.model.StepKind;
import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.policy.BackupCodePolicy;
import dev.watchword.otp.lifecycle.policy.CodePolicy;
import dev.watchword.otp.lifecycle.policy.ConfirmationPolicy;
import dev.watchword.otp.lifecycle.policy.Factor;
import dev.watchword.otp.lifecycle.policy.LockPolicy;
import dev.watchword.otp.lifecycle.policy.PasswordKeeper;
import dev.watchword.otp.lifecycle.policy.ProvisioningWait;
import dev.watchword.otp.lifecycle.policy.RenewalPolicy;
import dev.watchword.otp.lifecycle.policy.SoftwarePolicy;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import dev.watchword.otp.lifecycle.testing.InMemoryTokenStore;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.sql.DataSource;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.Transformer;
import org.h2.jdbcx.JdbcConnectionPool;

/**
 * Random scripts of all operations, by three holders of each of two institutions, compared with a naive model.
 */
class LifeModelProperties {
    private static final int LENGTH = 40;
    private static final JdbcTokenStore H2 = h2();
    private static final AtomicInteger INSTITUTIONS = new AtomicInteger(30_000_000);

    private static final TokenPolicy BANK = TokenPolicy.BANK.withHashing(TestInstitution.FAST_HASHING);

    /** A policy with low limits, so that short scripts reach them. */
    private static final TokenPolicy STRICT = TokenPolicy.BANK
            .withCodes(CodePolicy.BANK)
            .withLock(LockPolicy.builder()
                    .failureLimit(3)
                    .failureCeiling(7)
                    .firstDelay(Duration.ofSeconds(5))
                    .greatestDelay(Duration.ofMinutes(1))
                    .build())
            .withSoftware(SoftwarePolicy.builder()
                    .lifetime(Duration.ofDays(200))
                    .passwordTries(2)
                    .passwordLifetime(Duration.ofDays(1))
                    .grace(Duration.ofMinutes(2))
                    .repeats(1)
                    .provisioningWait(ProvisioningWait.NEXT_DAY)
                    .build())
            .withRenewal(RenewalPolicy.ALL_KINDS)
            .withConfirmation(ConfirmationPolicy.BANK.toBuilder()
                    .passwordTries(3)
                    .mailCodeTries(3)
                    .build())
            .withHashing(TestInstitution.FAST_HASHING)
            .withPendingLifetime(Duration.ofDays(5))
            .withBackupCodes(BackupCodePolicy.builder()
                    .emergencyLifetime(Duration.ofHours(12))
                    .emergencyCount(2)
                    .emergencyTries(2)
                    .recoveryCount(2)
                    .recoveryTries(3)
                    .diesWithAcceptedCode(false)
                    .build())
            .withZone(ZoneId.of("Europe/Berlin"));

    /**
     * A second institution: provisioning waits 30 minutes, the application keeps the passwords, every activation needs one, and
     * a revocation needs a mail code. Its windows are wider to one side.
     */
    private static final TokenPolicy SISTER = STRICT.withCodes(CodePolicy.BANK.toBuilder()
                    .window(new TotpWindow(1, 2))
                    .activationWindow(new TotpWindow(3, 9))
                    .driftCap(12)
                    .resynchronisationRange(12)
                    .build())
            .withLock(LockPolicy.STANDARD)
            .withSoftware(SoftwarePolicy.builder()
                    .lifetime(Duration.ofDays(200))
                    .passwordTries(3)
                    .passwordLifetime(Duration.ofHours(1))
                    .grace(Duration.ofMinutes(10))
                    .repeats(2)
                    .provisioningWait(ProvisioningWait.of(Duration.ofMinutes(30)))
                    .build())
            .withConfirmation(ConfirmationPolicy.builder()
                    .factors(Map.of(
                            Operation.ISSUE, Set.of(Factor.PASSWORD, Factor.MAIL_CODE),
                            Operation.ORDER, Set.of(Factor.PASSWORD),
                            Operation.RENEW, Set.of(Factor.TOKEN_CODE),
                            Operation.ACTIVATE, Set.of(Factor.PASSWORD, Factor.TOKEN_CODE),
                            Operation.CANCEL, Set.of(Factor.PASSWORD),
                            Operation.REVOKE, Set.of(Factor.MAIL_CODE, Factor.TOKEN_CODE),
                            Operation.RECOVERY_CODES, Set.of(Factor.MAIL_CODE, Factor.TOKEN_CODE)))
                    .passwordKeeper(PasswordKeeper.APPLICATION)
                    .passwordTries(3)
                    .mailCodeTries(3)
                    .mailCodeLifetime(Duration.ofMinutes(10))
                    .build());

    @Property
    @Tag("R13.2")
    @Tag("R1.2")
    @Tag("R1.4")
    @Tag("R2.2")
    @Tag("R2.4")
    @Tag("R3.1")
    @Tag("R3.2")
    @Tag("R3.3")
    @Tag("R8.1")
    @Tag("R14.1")
    @Tag("R14.2")
    void theBankDoesWhatTheModelDoes(@ForAll("scriptsOfTheBank") ActionChain<LifeWorld> script) {
        script.run();
    }

    @Property
    @Tag("R2.4")
    @Tag("R2.6")
    @Tag("R2.8")
    @Tag("R4.3")
    @Tag("R4.8")
    @Tag("R6.2")
    @Tag("R7.3")
    @Tag("R14.1")
    @Tag("R14.2")
    void aStrictInstitutionDoesWhatTheModelDoes(@ForAll("scriptsOfAStrictOne") ActionChain<LifeWorld> script) {
        script.run();
    }

    @Property
    @Tag("R1.4")
    @Tag("R2.2")
    @Tag("R4.3")
    @Tag("R7.3")
    @Tag("R11.3")
    void aSisterInstitutionDoesWhatTheModelDoes(@ForAll("scriptsOfASister") ActionChain<LifeWorld> script) {
        script.run();
    }

    @Property(tries = 15)
    @Tag("R1.2")
    @Tag("R5.4")
    @Tag("R9.2")
    void aStrictInstitutionOnH2DoesWhatTheModelDoes(@ForAll("scriptsOnH2") ActionChain<LifeWorld> script) {
        script.run();
    }

    @Provide
    Arbitrary<ActionChain<LifeWorld>> scriptsOfTheBank() {
        return scriptsInMemory(BANK, SISTER);
    }

    @Provide
    Arbitrary<ActionChain<LifeWorld>> scriptsOfAStrictOne() {
        return scriptsInMemory(STRICT, BANK);
    }

    @Provide
    Arbitrary<ActionChain<LifeWorld>> scriptsOfASister() {
        return scriptsInMemory(SISTER, STRICT);
    }

    private static Arbitrary<ActionChain<LifeWorld>> scriptsInMemory(TokenPolicy first, TokenPolicy second) {
        return scripts(() -> new LifeWorld(new InMemoryTokenStore(), first, "10112235", second, "20112235"));
    }

    /** All scripts use one database. Each script has two new institutions. */
    @Provide
    Arbitrary<ActionChain<LifeWorld>> scriptsOnH2() {
        return scripts(() -> new LifeWorld(
                H2,
                STRICT,
                Integer.toString(INSTITUTIONS.getAndIncrement()),
                SISTER,
                Integer.toString(INSTITUTIONS.getAndIncrement())));
    }

    private static JdbcTokenStore h2() {
        DataSource database = JdbcConnectionPool.create("jdbc:h2:mem:life;DB_CLOSE_DELAY=-1", "sa", "");
        JdbcSchema.apply(database);
        return JdbcTokenStore.on(database);
    }

    private static Arbitrary<ActionChain<LifeWorld>> scripts(Supplier<LifeWorld> start) {
        return ActionChain.startWith(start).withAction(new AnyStep()).withMaxTransformations(LENGTH);
    }

    /** Any step. Steps that change the state are more frequent. */
    private static final class AnyStep implements Action.Independent<LifeWorld> {
        @Override
        public Arbitrary<Transformer<LifeWorld>> transformer() {
            Arbitrary<StepKind> kinds = Arbitraries.frequency(
                    Tuple.of(8, StepKind.PHONE),
                    Tuple.of(2, StepKind.ISSUED_PHONE),
                    Tuple.of(4, StepKind.PROVISIONED_PHONE),
                    Tuple.of(3, StepKind.CANCELLED_PHONE),
                    Tuple.of(3, StepKind.PENDING_NEXT_PHONE),
                    Tuple.of(3, StepKind.NEXT_PHONE),
                    Tuple.of(4, StepKind.REPLACED_BY_PHONE),
                    Tuple.of(1, StepKind.REPLACE_WITH_SOFTWARE),
                    Tuple.of(2, StepKind.REPLACE_WITH_HARDWARE),
                    Tuple.of(1, StepKind.ORDER_SUCCESSOR),
                    Tuple.of(1, StepKind.OPERATOR_ORDERS),
                    Tuple.of(7, StepKind.HARDWARE),
                    Tuple.of(4, StepKind.SENT_HARDWARE),
                    Tuple.of(3, StepKind.PENDING_NEXT_HARDWARE),
                    Tuple.of(3, StepKind.NEXT_HARDWARE),
                    Tuple.of(4, StepKind.GUESSES),
                    Tuple.of(3, StepKind.PENDING_GUESSES),
                    Tuple.of(2, StepKind.FACTOR_GUESSES),
                    Tuple.of(12, StepKind.WAIT),
                    Tuple.of(2, StepKind.STOCK),
                    Tuple.of(2, StepKind.FLOOR),
                    Tuple.of(2, StepKind.SET_PASSWORD),
                    Tuple.of(3, StepKind.MAIL_CODE),
                    Tuple.of(3, StepKind.ISSUE),
                    Tuple.of(3, StepKind.ORDER),
                    Tuple.of(4, StepKind.ASSIGN),
                    Tuple.of(4, StepKind.SEND),
                    Tuple.of(7, StepKind.PROVISION),
                    Tuple.of(6, StepKind.ACTIVATE_SOFTWARE),
                    Tuple.of(6, StepKind.ACTIVATE_HARDWARE),
                    Tuple.of(6, StepKind.ACTIVATE_CONSECUTIVELY),
                    Tuple.of(18, StepKind.VERIFY),
                    Tuple.of(5, StepKind.RESYNCHRONISE),
                    Tuple.of(3, StepKind.RENEW_SOFTWARE),
                    Tuple.of(3, StepKind.RENEW_HARDWARE),
                    Tuple.of(4, StepKind.CANCEL),
                    Tuple.of(4, StepKind.REVOKE),
                    Tuple.of(3, StepKind.SIGNATURES),
                    Tuple.of(3, StepKind.REQUEST_SIGNATURE),
                    Tuple.of(8, StepKind.SIGN),
                    Tuple.of(2, StepKind.REFUSE_SIGNATURE),
                    Tuple.of(2, StepKind.WITHDRAW_SIGNATURE),
                    Tuple.of(1, StepKind.LAPSE),
                    Tuple.of(2, StepKind.SUSPEND),
                    Tuple.of(5, StepKind.RESUME),
                    Tuple.of(2, StepKind.SUSPEND_HOLDER),
                    Tuple.of(6, StepKind.RESUME_HOLDER),
                    Tuple.of(1, StepKind.OPERATOR_CANCELS),
                    Tuple.of(1, StepKind.OPERATOR_REVOKES),
                    Tuple.of(2, StepKind.ERASE),
                    Tuple.of(1, StepKind.RESET_FACTORS),
                    Tuple.of(4, StepKind.BACKUP_CODES),
                    Tuple.of(3, StepKind.BACKUP_GUESSES),
                    Tuple.of(2, StepKind.ISSUE_EMERGENCY_CODES),
                    Tuple.of(2, StepKind.CREATE_RECOVERY_CODES),
                    Tuple.of(5, StepKind.USE_EMERGENCY_CODE),
                    Tuple.of(5, StepKind.USE_RECOVERY_CODE));
            Arbitrary<Boolean> second = Arbitraries.frequency(Tuple.of(6, false), Tuple.of(1, true));
            Arbitrary<Integer> holders = Arbitraries.frequency(Tuple.of(8, 0), Tuple.of(1, 1), Tuple.of(1, 2));
            Arbitrary<Integer> codes = Arbitraries.frequency(
                    Tuple.of(6, 0),
                    Tuple.of(2, 1),
                    Tuple.of(1, 2),
                    Tuple.of(1, 3),
                    Tuple.of(1, 4),
                    Tuple.of(1, 5),
                    Tuple.of(3, 6),
                    Tuple.of(1, 7),
                    Tuple.of(2, 8));
            Arbitrary<Integer> factors = Arbitraries.frequency(
                    Tuple.of(1, 0), Tuple.of(1, 1), Tuple.of(1, 2), Tuple.of(1, 3), Tuple.of(1, 4), Tuple.of(9, 5));
            return Combinators.combine(kinds, second, holders, codes, factors)
                    .as(Step::new)
                    .map(step -> Transformer.mutate(step.toString(), world -> world.take(step)));
        }
    }
}
