package dev.watchword.checks;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each package can be read after the packages that it depends on. */
class PackageCyclesTest {
    @ParameterizedTest
    @EnumSource
    void packagesFormNoCycle(Library library) {
        slices().matching("dev.watchword.(**)").should().beFreeOfCycles().check(library.classes());
    }
}
