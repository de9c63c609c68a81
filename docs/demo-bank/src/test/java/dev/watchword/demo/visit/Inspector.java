package dev.watchword.demo.visit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** Checks that a person without a mouse or with a screen reader can use a page. Each title is checked once. */
public final class Inspector {
    private static final String AXE = "/axe.min.js";
    private static final String FOCUSABLE =
            "main a[href], main button:not([disabled]), main input:not([type=hidden]):not([disabled]), main select,"
                    + " main textarea, main summary";
    private static final Set<String> GRAVE = Set.of("serious", "critical");

    private final String axe;
    private final Set<String> seen = new HashSet<>();

    public Inspector() {
        try (InputStream script = Objects.requireNonNull(Inspector.class.getResourceAsStream(AXE), AXE)) {
            axe = new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the pages that were checked, as language, path and title} */
    public Set<String> seen() {
        return Set.copyOf(seen);
    }

    void inspect(WebDriver driver, boolean accessibility) {
        String language = Objects.requireNonNullElse(
                driver.findElement(By.tagName("html")).getDomAttribute("lang"), "");
        String page = language + " " + URI.create(driver.getCurrentUrl()).getPath() + " " + driver.getTitle();
        if (!seen.add(page)) {
            return;
        }
        assertThat(language).as("language of %s", page).isIn("ja", "en");
        assertThat(driver.getTitle()).as("title of %s", page).isNotBlank();
        assertThat(driver.findElements(By.tagName("h1")))
                .as("headings of %s", page)
                .hasSize(1);
        if (accessibility) {
            assertThat(violations(driver)).as("accessibility of %s", page).isEmpty();
        }
        assertThat(tabbed(driver)).as("order of the keyboard on %s", page).isEqualTo(inOrder(driver));
    }

    private List<String> violations(WebDriver driver) {
        JavascriptExecutor scripts = (JavascriptExecutor) driver;
        scripts.executeScript(axe);
        Object found = scripts.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                axe.run(document, {resultTypes: ['violations']}).then(result => done(result.violations.map(each =>
                    ({impact: each.impact, text: each.id + ': ' + each.nodes.map(node => node.html).join(' ')}))));
                """);
        List<String> grave = new ArrayList<>();
        for (Object each : (List<?>) Objects.requireNonNull(found)) {
            Map<?, ?> violation = (Map<?, ?>) each;
            if (GRAVE.contains(violation.get("impact"))) {
                grave.add(violation.get("impact") + " " + violation.get("text"));
            }
        }
        return grave;
    }

    /** What the key Tab reaches in the main part, in its order, beginning with the main part itself. */
    private static List<String> tabbed(WebDriver driver) {
        JavascriptExecutor scripts = (JavascriptExecutor) driver;
        scripts.executeScript("document.getElementById('main').focus()");
        int steps = inOrder(driver).size();
        List<String> reached = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            new Actions(driver).sendKeys(Keys.TAB).perform(); // a field for a file takes no keys
            reached.add(described(driver.switchTo().activeElement()));
        }
        return reached;
    }

    /** The elements in the order of the page. Only the chosen radio button of a group is reached, or its first. */
    private static List<String> inOrder(WebDriver driver) {
        List<String> order = new ArrayList<>();
        Set<String> groups = new HashSet<>();
        for (WebElement each : driver.findElements(By.cssSelector(FOCUSABLE))) {
            boolean radio = "radio".equals(each.getDomAttribute("type"));
            if (each.isDisplayed() && (!radio || groups.add(each.getDomAttribute("name")))) {
                order.add(described(each));
            }
        }
        return order;
    }

    private static String described(WebElement element) {
        return element.getTagName() + " " + element.getDomAttribute("id") + " " + element.getDomAttribute("name") + " "
                + element.getText();
    }
}
