package dev.watchword.otp.lifecycle.testing;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

class InMemoryTokenStoreTest {
    private final InMemoryTokenStore store = new InMemoryTokenStore();

    @TestFactory
    @Tag("R5.4")
    @Tag("R9.2")
    @Tag("R10.4")
    Stream<DynamicTest> keepsTheContract() {
        return tests(TokenStoreContract.everything(() -> store).stream());
    }

    @TestFactory
    @Tag("R1.2")
    @Tag("R2.2")
    Stream<DynamicTest> winsTheRaces() {
        return tests(TokenRaces.checks(() -> store, 64, 200).stream());
    }

    private static Stream<DynamicTest> tests(Stream<Check> checks) {
        return checks.map(check -> dynamicTest(check.name(), check::run));
    }
}
