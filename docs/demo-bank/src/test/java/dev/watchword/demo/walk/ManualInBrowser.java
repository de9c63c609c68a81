package dev.watchword.demo.walk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.demo.visit.Bank;
import dev.watchword.demo.visit.ChromeVisitor;
import dev.watchword.demo.visit.Inspector;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The way through the manual in Chromium, which inspects each page: its title, its order of the keyboard, its accessibility. */
class ManualInBrowser {
    /** With {@code screens.write}, the pictures replace those of the guide. */
    @ParameterizedTest
    @CsvSource({"ja, true, 1000", "en, true, 1000", "ja, false, 390"})
    void theManualIsWalkedFromItsFirstPageToItsLast(String language, boolean scripts, int width) {
        Locale locale = Locale.forLanguageTag(language);
        Inspector inspector = new Inspector();
        try (Bank bank = Bank.open();
                ChromeVisitor visitor = ChromeVisitor.start(bank.address(), locale, scripts, inspector)) {
            visitor.width(width);
            Walk walk = new Walk(visitor, locale);
            new SoftwareWalk(walk).all();
            new TransferWalk(walk).all();
            walk.logOut();
            new HardwareWalk(walk).all();
        }
        assertThat(inspector.seen()).hasSizeGreaterThan(30);
    }
}
