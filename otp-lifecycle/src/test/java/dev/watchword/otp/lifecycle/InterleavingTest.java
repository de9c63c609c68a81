package dev.watchword.otp.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.StorageException;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.support.Situation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two concurrent operations: every ordered pair from every situation. The second runs between the read and the commit
 * of the first. The test also crashes every operation before and after its commit.
 */
class InterleavingTest {
    private record Result(String first, String second, String stored) {}

    static Stream<String> situations() {
        return Situation.names().stream();
    }

    @ParameterizedTest
    @Tag("R1.2")
    @Tag("R2.2")
    @Tag("R3.2")
    @Tag("R4.3")
    @Tag("R6.2")
    @Tag("R8.1")
    @MethodSource("situations")
    void twoAtOnceAreOneAfterTheOther(String name) {
        Situation start = Situation.after(name);
        int overtaken = 0;
        for (String one : Situation.operations()) {
            for (String other : Situation.operations()) {
                overtaken += twoAtOnce(start, one, other) ? 1 : 0;
            }
        }
        assertTrue(overtaken > 0, "some are overtaken");
    }

    /** Whether the second operation ran in between. */
    private static boolean twoAtOnce(Situation start, String one, String other) {
        Situation together = start.copy();
        List<String> others = new ArrayList<>();
        together.store.aroundNextCommit((change, store) -> {
            others.add(together.run(other));
            return store.commit(change);
        });
        String outcome = together.run(one);
        if (others.isEmpty()) {
            return false;
        }
        Result result = new Result(outcome, others.get(0), together.stored());
        if (outcome.startsWith(Refusal.OVERTAKEN.name())) {
            Situation alone = start.copy();
            assertEquals(alone.run(other), result.second(), one + " × " + other);
            assertOnlyCharges(alone, together, one + " × " + other);
            return true;
        }
        Situation oneFirst = start.copy();
        String first = oneFirst.run(one);
        String second = oneFirst.run(other);
        Situation otherFirst = start.copy();
        String otherOutcome = otherFirst.run(other);
        String oneOutcome = otherFirst.run(one);
        Set<Result> serial = Set.copyOf(List.of(
                        new Result(first, second, oneFirst.stored()),
                        new Result(oneOutcome, otherOutcome, otherFirst.stored()))
                .stream()
                .distinct()
                .toList());
        assertTrue(
                serial.contains(result),
                () -> one + " × " + other + " is\n" + result + "\nwhich is neither of\n" + serial);
        return true;
    }

    /** An overtaken operation changes nothing but the counters of the factors that were wrong. */
    private static void assertOnlyCharges(Situation alone, Situation together, String what) {
        List<EventType> types = together.history().stream()
                .map(recorded -> recorded.event().type())
                .toList();
        int before = alone.history().size();
        List<EventType> more = types.subList(before, types.size());
        assertTrue(
                Set.of(EventType.WRONG_CODE, EventType.WRONG_PASSWORD, EventType.WRONG_MAIL_CODE, EventType.SUSPENDED)
                        .containsAll(more),
                what);
        if (more.isEmpty()) {
            assertEquals(alone.stored(), together.stored(), what);
        }
    }

    @ParameterizedTest
    @Tag("R9.2")
    @MethodSource("situations")
    void aCrashBeforeTheCommitLeavesNothing(String name) {
        Situation start = Situation.after(name);
        for (String operation : Situation.operations()) {
            Situation crashing = start.copy();
            boolean[] commits = {false};
            crashing.store.aroundNextCommit((change, store) -> {
                commits[0] = true;
                throw new StorageException("the process died", null);
            });
            if (commitsIn(crashing, operation, commits)) {
                assertEquals(start.stored(), crashing.stored(), operation);
                Situation undisturbed = start.copy();
                assertEquals(undisturbed.run(operation), crashing.run(operation), operation);
                assertEquals(undisturbed.stored(), crashing.stored(), operation);
            }
        }
    }

    @ParameterizedTest
    @Tag("R1.2")
    @Tag("R9.2")
    @MethodSource("situations")
    void aCrashAfterTheCommitLeavesAll(String name) {
        Situation start = Situation.after(name);
        for (String operation : Situation.operations()) {
            Situation crashing = start.copy();
            boolean[] commits = {false};
            crashing.store.aroundNextCommit((change, store) -> {
                commits[0] = true;
                assertEquals(CommitResult.COMMITTED, store.commit(change));
                throw new StorageException("the answer was lost", null);
            });
            if (commitsIn(crashing, operation, commits)) {
                Situation undisturbed = start.copy();
                String outcome = undisturbed.run(operation);
                assertEquals(undisturbed.stored(), crashing.stored(), operation);
                assertNotEquals(start.stored(), crashing.stored(), operation);
                if (outcome.equals("Accepted") && operation.startsWith("verify")) {
                    assertTrue(crashing.run(operation).startsWith(Refusal.REPLAYED.name()), operation);
                }
            }
        }
    }

    private static boolean commitsIn(Situation situation, String operation, boolean[] commits) {
        try {
            situation.run(operation);
        } catch (StorageException e) {
            assertTrue(commits[0]);
            return true;
        }
        return false;
    }
}
