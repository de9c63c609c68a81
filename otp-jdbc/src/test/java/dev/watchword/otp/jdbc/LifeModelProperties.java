package dev.watchword.otp.jdbc;

import dev.watchword.otp.lifecycle.CodePolicy;
import dev.watchword.otp.lifecycle.ConfirmationPolicy;
import dev.watchword.otp.lifecycle.HashingPolicy;
import dev.watchword.otp.lifecycle.LockPolicy;
import dev.watchword.otp.lifecycle.RenewalPolicy;
import dev.watchword.otp.lifecycle.SoftwarePolicy;
import dev.watchword.otp.lifecycle.TokenPolicy;
import dev.watchword.otp.lifecycle.testing.InMemoryTokenStore;
import java.time.Duration;
import java.time.ZoneId;
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
 * Random scripts of all operations, by three holders each of two institutions on one store, against a naive model.
 */
class LifeModelProperties {
    private static final int LENGTH = 40;
    private static final JdbcTokenStore H2 = h2();
    private static final AtomicInteger INSTITUTIONS = new AtomicInteger(30_000_000);

    private static final TokenPolicy BANK = TokenPolicy.BANK.withHashing(HashingPolicy.FOR_TESTS);

    /** Where much happens in little time. */
    private static final TokenPolicy STRICT = new TokenPolicy(
            CodePolicy.BANK,
            new LockPolicy(3, 7, Duration.ofSeconds(5), Duration.ofMinutes(1)),
            new SoftwarePolicy(Duration.ofDays(200), false, 2, Duration.ofDays(1), Duration.ofMinutes(2), true),
            RenewalPolicy.ALL_KINDS,
            ConfirmationPolicy.BANK,
            HashingPolicy.FOR_TESTS,
            Duration.ofDays(5),
            ZoneId.of("Europe/Berlin"));

    @Property(tries = 5_000)
    @Tag("R1.2")
    @Tag("R2.2")
    @Tag("R3.2")
    @Tag("R8.1")
    void theBankDoesWhatTheModelDoes(@ForAll("scriptsOfTheBank") ActionChain<LifeWorld> script) {
        script.run();
    }

    @Property(tries = 5_000)
    @Tag("R2.6")
    @Tag("R2.8")
    @Tag("R4.8")
    @Tag("R6.2")
    @Tag("R7.3")
    void aStrictInstitutionDoesWhatTheModelDoes(@ForAll("scriptsOfAStrictOne") ActionChain<LifeWorld> script) {
        script.run();
    }

    @Property(tries = 40)
    @Tag("R1.2")
    @Tag("R5.4")
    @Tag("R9.2")
    void aStrictInstitutionOnH2DoesWhatTheModelDoes(@ForAll("scriptsOnH2") ActionChain<LifeWorld> script) {
        script.run();
    }

    @Provide
    Arbitrary<ActionChain<LifeWorld>> scriptsOfTheBank() {
        return scripts(() -> new LifeWorld(new InMemoryTokenStore(), BANK, "10112235", "20112235"));
    }

    @Provide
    Arbitrary<ActionChain<LifeWorld>> scriptsOfAStrictOne() {
        return scripts(() -> new LifeWorld(new InMemoryTokenStore(), STRICT, "10112235", "20112235"));
    }

    /** All in one database, each with two institutions of its own. */
    @Provide
    Arbitrary<ActionChain<LifeWorld>> scriptsOnH2() {
        return scripts(() -> new LifeWorld(
                H2,
                STRICT,
                Integer.toString(INSTITUTIONS.getAndIncrement()),
                Integer.toString(INSTITUTIONS.getAndIncrement())));
    }

    private static JdbcTokenStore h2() {
        DataSource database = JdbcConnectionPool.create("jdbc:h2:mem:life;DB_CLOSE_DELAY=-1;WRITE_DELAY=0", "sa", "");
        JdbcSchema.apply(database);
        return JdbcTokenStore.on(database);
    }

    private static Arbitrary<ActionChain<LifeWorld>> scripts(Supplier<LifeWorld> start) {
        return ActionChain.startWith(start).withAction(new AnyStep()).withMaxTransformations(LENGTH);
    }

    /** Any step; those that lead somewhere are more frequent. */
    private static final class AnyStep implements Action.Independent<LifeWorld> {
        @Override
        public Arbitrary<Transformer<LifeWorld>> transformer() {
            Arbitrary<Deed> deeds = Arbitraries.frequency(
                    Tuple.of(8, Deed.PHONE),
                    Tuple.of(7, Deed.FOB),
                    Tuple.of(4, Deed.NEXT_FOB),
                    Tuple.of(4, Deed.GUESSES),
                    Tuple.of(10, Deed.WAIT),
                    Tuple.of(2, Deed.STOCK),
                    Tuple.of(3, Deed.SET_PASSWORD),
                    Tuple.of(3, Deed.MAIL_CODE),
                    Tuple.of(4, Deed.ISSUE),
                    Tuple.of(3, Deed.ORDER),
                    Tuple.of(4, Deed.ASSIGN),
                    Tuple.of(4, Deed.SEND),
                    Tuple.of(5, Deed.PROVISION),
                    Tuple.of(5, Deed.ACTIVATE_SOFTWARE),
                    Tuple.of(5, Deed.ACTIVATE_FOB),
                    Tuple.of(20, Deed.VERIFY),
                    Tuple.of(5, Deed.RESYNCHRONISE),
                    Tuple.of(4, Deed.RENEW_SOFTWARE),
                    Tuple.of(3, Deed.RENEW_FOB),
                    Tuple.of(1, Deed.CANCEL),
                    Tuple.of(2, Deed.REVOKE),
                    Tuple.of(1, Deed.LAPSE),
                    Tuple.of(1, Deed.SUSPEND),
                    Tuple.of(5, Deed.RESUME),
                    Tuple.of(1, Deed.OPERATOR_CANCELS),
                    Tuple.of(1, Deed.OPERATOR_REVOKES),
                    Tuple.of(1, Deed.ERASE),
                    Tuple.of(1, Deed.RESET_FACTORS));
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
                    Tuple.of(1, 7));
            Arbitrary<Integer> factors = Arbitraries.frequency(
                    Tuple.of(1, 0), Tuple.of(1, 1), Tuple.of(1, 2), Tuple.of(4, 3), Tuple.of(4, 4));
            return Combinators.combine(deeds, second, holders, codes, factors)
                    .as(LifeWorld.Step::new)
                    .map(step -> Transformer.mutate(step.toString(), world -> world.take(step)));
        }
    }
}
