package dev.watchword.otp.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.TotpWindow;
import dev.watchword.otp.lifecycle.policy.CodePolicy;
import dev.watchword.otp.lifecycle.support.DriftCase;
import dev.watchword.otp.lifecycle.support.DriftingWorld;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;

/**
 * Properties of the learned drift, through the real services, for all presets and for random policies. Each property runs 1,000
 * cases; {@code -Djqwik.tries.default=100000} runs more.
 */
@Tag("R1.4")
class DriftProperties {
    /** An action of the holder, or of the clocks. */
    enum Action {
        /** Enters a code that the token displayed a few steps before. */
        LOG_IN,
        /** Enters two consecutive codes. */
        RESYNCHRONISE,
        /** The server's clock moves away from true time, by at most a little more than the window. */
        CREEP,
        /** The server's clock is corrected. */
        CORRECT
    }

    /**
     * A move.
     *
     * @param action the action
     * @param amount 0 to 100: how late a code is, or how far a clock moves
     * @param pause the time before the action in hundredths of a step; from 400 on, an hour for each
     */
    record Move(Action action, int amount, int pause) {
        private static final int HOURS_FROM = 400;

        Duration time(Duration step) {
            return pause < HOURS_FROM
                    ? step.multipliedBy(pause).dividedBy(100)
                    : Duration.ofHours(1L + pause - HOURS_FROM).plus(step.dividedBy(3));
        }
    }

    @Provide
    Arbitrary<DriftCase> cases() {
        return DriftCase.any();
    }

    @Provide
    Arbitrary<List<Move>> histories() {
        Arbitrary<Action> actions = Arbitraries.frequency(
                Tuple.of(6, Action.LOG_IN),
                Tuple.of(1, Action.RESYNCHRONISE),
                Tuple.of(4, Action.CREEP),
                Tuple.of(1, Action.CORRECT));
        return Combinators.combine(actions, DriftCase.upTo(100), DriftCase.upTo(405))
                .as(Move::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(20)
                .withSizeDistribution(RandomDistribution.uniform());
    }

    /**
     * The token's clock is right. Its codes are typed late inside the window, and verified while the server's clock is wrong by
     * more and more. Whenever the server's clock is right too, the displayed code is accepted if its step is not spent.
     */
    @Property(edgeCases = EdgeCasesMode.NONE)
    void aRightTokenIsNeverLockedOut(@ForAll("cases") DriftCase given, @ForAll("histories") List<Move> moves) {
        DriftingWorld world = new DriftingWorld(given);
        CodePolicy policy = given.policy();
        if (given.hardware()) {
            int late = moves.get(0).amount() % (policy.activationWindow().past() + 1);
            assertTrue(world.activate(world.step() - late), "the first code");
        }
        for (Move move : moves) {
            world.advance(move.time(given.profile().timeStep()));
            apply(move, world, given);
        }

        world.serverError(Duration.ZERO);
        for (double share : new double[] {0, 0.5, 0.999}) {
            world.advanceTo(Math.max(world.step(), world.lastStep()) + 1, share);
            assertTrue(world.login(world.step()), "the displayed code, at " + share + " of its step");
        }
        assertFound(world, policy);
    }

    private static void apply(Move move, DriftingWorld world, DriftCase given) {
        TotpWindow window = given.policy().window();
        switch (move.action()) {
            case LOG_IN -> {
                long shown = world.step() - move.amount() % (window.past() + 1);
                boolean right = world.serverError().isZero() && shown > world.lastStep();
                boolean accepted = world.login(shown);
                assertTrue(accepted || !right, "a code inside the window of two right clocks");
            }
            case RESYNCHRONISE -> {
                if (given.policy().resynchronisationRange() > 0) {
                    assertFound(world, given.policy());
                }
            }
            case CREEP -> {
                int widest = Math.max(window.past(), window.future()) + 1;
                Duration most = given.profile().timeStep().multipliedBy(widest);
                world.serverError(world.serverError()
                        .plus(most.multipliedBy(move.amount() - 50L).dividedBy(50)));
            }
            case CORRECT -> world.serverError(Duration.ZERO);
        }
    }

    /** Enters the displayed code and the next one. If both clocks are right, the codes are found. */
    private static void assertFound(DriftingWorld world, CodePolicy policy) {
        if (policy.resynchronisationRange() == 0) {
            return;
        }
        long first = world.step();
        world.advanceTo(first + 1, 0.1);
        boolean right = world.serverError().isZero() && first > world.lastStep();
        boolean found = world.resynchronise(first);
        assertTrue(found || !right, "two consecutive codes of two right clocks");
    }

    /**
     * Enters codes of a token with an arbitrary clock, at the edges of the accepted windows and beyond. The learned drift stays
     * within the cap, and each accepted step is within the cap and the window of the server's step.
     */
    @Property(edgeCases = EdgeCasesMode.NONE)
    void noSequenceOfCodesPassesTheCap(@ForAll("cases") DriftCase given, @ForAll("histories") List<Move> moves) {
        DriftingWorld world = new DriftingWorld(given);
        if (given.hardware()) {
            int offset = edge(moves.get(0).amount(), 0, given.policy().activationWindow(), 0);
            if (!world.activate(world.serverStep() + offset)) {
                assertTrue(world.activate(world.serverStep()));
            }
            assertWithin(world, given, given.policy().activationWindow());
        }
        for (Move move : moves) {
            world.advance(move.time(given.profile().timeStep()));
            TotpWindow window = given.policy().window();
            int offset = edge(move.amount(), world.learnedDrift(), window, given.cap());
            boolean accepted = move.action() == Action.RESYNCHRONISE
                    ? given.policy().resynchronisationRange() > 0 && world.resynchronise(world.serverStep() + offset)
                    : world.login(world.serverStep() + offset);
            if (accepted) {
                assertWithin(world, given, window);
            }
        }
    }

    /** Returns an offset at an edge of a window around the drift, of one around no drift, or of one around the cap. */
    private static int edge(int amount, int drift, TotpWindow window, int cap) {
        int centre = new int[] {drift, drift, 0, cap, -cap}[amount % 5];
        int beyond = amount / 10 % 4 - 1;
        return amount / 5 % 2 == 0 ? centre - window.past() - beyond : centre + window.future() + beyond;
    }

    private static void assertWithin(DriftingWorld world, DriftCase given, TotpWindow window) {
        long offset = world.lastStep() - world.serverStep();
        assertTrue(offset >= -given.cap() - window.past() && offset <= given.cap() + window.future(), "off " + offset);
        assertEquals(Math.max(-given.cap(), Math.min(given.cap(), offset)), world.learnedDrift());
    }

    /** A token whose clock error changes between logins is accepted, as long as each change is within the window. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    void aTokenThatIsOffKeepsWorking(@ForAll("cases") DriftCase given, @ForAll("histories") List<Move> moves) {
        DriftingWorld world = new DriftingWorld(given);
        TotpWindow window = given.policy().window();
        if (given.hardware()) {
            assertTrue(world.activate(world.serverStep()));
        }
        int range = Math.min(given.policy().resynchronisationRange(), given.cap());
        int drift = 0;
        for (Move move : moves) {
            world.advance(Duration.ofHours(3));
            boolean twoCodes = move.action() == Action.RESYNCHRONISE && range > 0;
            int change = move.amount() % (window.past() + window.future() + 1) - window.past();
            int next = twoCodes ? move.amount() * 2 * range / 101 - range + 1 : drift + change;
            drift = Math.max(-given.cap(), Math.min(given.cap(), next));
            long shown = world.serverStep() + drift;
            assertTrue(
                    twoCodes ? world.resynchronise(shown - 1) : world.login(shown),
                    "the code of a clock that is off by " + drift);
            boolean equalCode = world.lastStep() != shown;
            assertTrue(equalCode || drift == world.learnedDrift());
            drift = world.learnedDrift();
        }
    }
}
