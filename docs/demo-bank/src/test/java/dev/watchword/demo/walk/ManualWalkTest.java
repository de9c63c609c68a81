package dev.watchword.demo.walk;

import dev.watchword.demo.visit.Bank;
import dev.watchword.demo.visit.HttpVisitor;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The way through the manual without scripts, on SQLite. */
class ManualWalkTest {
    @ParameterizedTest
    @ValueSource(strings = {"ja", "en"})
    void theManualIsWalkedFromItsFirstPageToItsLast(String language) {
        Locale locale = Locale.forLanguageTag(language);
        try (Bank bank = Bank.open();
                HttpVisitor visitor = bank.visitor(locale)) {
            Walk walk = new Walk(visitor, locale);
            new SoftwareWalk(walk).all();
            new TransferWalk(walk).all();
            walk.logOut();
            new HardwareWalk(walk).all();
        }
    }
}
