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

/** The contract bites: it finds each wrong store, and has no check that finds none. */
class SaboteurTest {
    private static final Map<Flaw, List<String>> RED = new EnumMap<>(Flaw.class);

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void isFoundByTheContract(Flaw flaw) {
        assertFalse(red(flaw).isEmpty());
    }

    @Test
    void isOfUseToEveryCheck() {
        Set<String> biting = EnumSet.allOf(Flaw.class).stream()
                .flatMap(flaw -> red(flaw).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> all = checks(Flaw.NONE).map(Check::name).collect(Collectors.toCollection(TreeSet::new));

        assertEquals(all, biting);
    }

    @Test
    void isNobodyWhereNothingIsWrong() {
        checks(Flaw.NONE).forEach(check -> assertDoesNotThrow(check::run, check.name()));
        TokenRaces.checks(() -> new Saboteur(Flaw.NONE), 16, 5)
                .forEach(check -> assertDoesNotThrow(check::run, check.name()));
    }

    @Test
    void losesTheRacesWhereItChecksAndThenActs() {
        List<Check> races = TokenRaces.checks(() -> new Saboteur(Flaw.CHECKS_THEN_ACTS), 16, 20);

        assertTrue(races.stream().allMatch(SaboteurTest::isRed));
    }

    private static List<String> red(Flaw flaw) {
        return RED.computeIfAbsent(
                flaw,
                f -> checks(f).filter(SaboteurTest::isRed).map(Check::name).toList());
    }

    private static Stream<Check> checks(Flaw flaw) {
        return TokenStoreContract.checks(() -> new Saboteur(flaw)).stream();
    }

    private static boolean isRed(Check check) {
        try {
            check.run();
            return false;
        } catch (AssertionError e) {
            return true;
        } catch (Exception e) {
            throw new IllegalStateException("A saboteur is to be found, not to fall over", e);
        }
    }
}
