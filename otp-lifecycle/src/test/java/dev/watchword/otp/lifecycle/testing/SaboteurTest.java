package dev.watchword.otp.lifecycle.testing;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract detects every {@link Flaw}, and every check of the contract detects a flaw. */
class SaboteurTest {
    private static final Map<Flaw, List<String>> FAILED = new EnumMap<>(Flaw.class);

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void theContractDetectsEveryFlaw(Flaw flaw) {
        assertFalse(failed(flaw).isEmpty());
    }

    @Test
    void everyCheckDetectsAFlaw() {
        Set<String> detecting = EnumSet.allOf(Flaw.class).stream()
                .flatMap(flaw -> failed(flaw).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> all = checks(Flaw.NONE).map(Check::name).collect(Collectors.toCollection(TreeSet::new));

        assertEquals(all, detecting);
    }

    @Test
    void aStoreWithoutFlawPasses() {
        checks(Flaw.NONE).forEach(check -> assertDoesNotThrow(check::run, check.name()));
        TokenRaces.checks(() -> new Saboteur(Flaw.NONE), 16, 5)
                .forEach(check -> assertDoesNotThrow(check::run, check.name()));
    }

    @Test
    void aStoreThatChecksThenActsFailsEveryRace() {
        List<Check> races = TokenRaces.checks(() -> new Saboteur(Flaw.CHECKS_THEN_ACTS), 16, 200);

        assertTrue(races.stream().allMatch(SaboteurTest::fails));
    }

    private static List<String> failed(Flaw flaw) {
        return FAILED.computeIfAbsent(
                flaw,
                f -> checks(f).filter(SaboteurTest::fails).map(Check::name).toList());
    }

    private static Stream<Check> checks(Flaw flaw) {
        return TokenStoreContract.everything(() -> new Saboteur(flaw)).stream();
    }

    private static boolean fails(Check check) {
        try {
            check.run();
            return false;
        } catch (AssertionError e) {
            return true;
        } catch (Exception e) {
            throw new IllegalStateException("A saboteur must fail checks with an assertion error", e);
        }
    }
}
