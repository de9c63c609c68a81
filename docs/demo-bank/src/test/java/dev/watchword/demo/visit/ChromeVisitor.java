package dev.watchword.demo.visit;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A visitor with Chromium. Each page that it sees for the first time is inspected. */
public final class ChromeVisitor implements Visitor {
    private static final String PRESSABLE = "(self::button[not(@disabled)] or self::a[@href])";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path SCREENS = Path.of("target/screens");
    private static final int PHONE_WIDTH = 500; // the least that the window can have
    private static final int MAX_HEIGHT = 1600;
    private static final Path COMMITTED = Path.of("../guide/screens");

    private final URI site;
    private final ChromeDriver driver;
    private final Inspector inspector;
    private final boolean scripts;

    private ChromeVisitor(URI site, ChromeDriver driver, Inspector inspector, boolean scripts) {
        this.site = site;
        this.driver = driver;
        this.inspector = inspector;
        this.scripts = scripts;
    }

    /**
     * Starts a browser with an empty profile.
     *
     * @param site the address of the bank
     * @param language the language that the browser prefers
     * @param scripts whether pages may run scripts
     * @param inspector the checks of each page
     * @return the visitor
     */
    public static ChromeVisitor start(URI site, Locale language, boolean scripts, Inspector inspector) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(System.getProperty("browser.binary", "/usr/bin/chromium"));
        options.addArguments(
                "--headless=new",
                "--no-sandbox", // a container's root has no sandbox
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--force-color-profile=srgb",
                "--lang=" + language.toLanguageTag());
        options.setExperimentalOption(
                "prefs",
                Map.of(
                        "intl.accept_languages",
                        language.toLanguageTag(),
                        "credentials_enable_service",
                        false,
                        "profile.managed_default_content_settings.javascript",
                        scripts ? 1 : 2));
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(Path.of(System.getProperty("browser.driver", "/usr/bin/chromedriver"))
                        .toFile())
                .build();
        ChromeDriver driver = new ChromeDriver(service, options);
        driver.manage().window().setSize(new Dimension(1000, 900));
        return new ChromeVisitor(site, driver, inspector, scripts);
    }

    /** {@return the browser, for checks that no person makes by labels} */
    public WebDriver driver() {
        return driver;
    }

    /**
     * Sets the width of the window.
     *
     * @param width in CSS pixels
     */
    public void width(int width) {
        driver.manage().window().setSize(new Dimension(width, 900));
    }

    @Override
    public void picture(String name) {
        if (!scripts) {
            return;
        }
        Dimension size = driver.manage().window().getSize();
        if (name.startsWith("phone")) {
            width(PHONE_WIDTH);
        }
        growToThePage();
        driver.executeScript("document.activeElement.blur(); window.scrollTo(0, 0)");
        write(SCREENS, name);
        if (Boolean.getBoolean("screens.write") && Files.exists(COMMITTED.resolve(name + ".png"))) {
            write(COMMITTED, name);
        }
        driver.manage().window().setSize(size);
    }

    /** Makes the window so high that it shows the whole page, up to a limit. */
    private void growToThePage() {
        Dimension size = driver.manage().window().getSize();
        Object hidden = driver.executeScript("return document.documentElement.scrollHeight - window.innerHeight");
        int height = Math.min(MAX_HEIGHT, size.getHeight() + ((Number) requireNonNull(hidden)).intValue());
        driver.manage().window().setSize(new Dimension(size.getWidth(), height));
    }

    private void write(Path folder, String name) {
        try {
            Files.createDirectories(folder);
            Files.write(folder.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void open(String path) {
        driver.get(site.resolve(path).toString());
        inspect();
    }

    @Override
    public String path() {
        return URI.create(driver.getCurrentUrl()).getPath();
    }

    @Override
    public String title() {
        return driver.getTitle();
    }

    @Override
    public String text() {
        return driver.findElement(By.tagName("main"))
                .getText()
                .replaceAll("\\s+", " ")
                .trim();
    }

    @Override
    public List<String> facts(String name) {
        WebElement header =
                only("//main//dt[normalize-space()=%1$s] | //main//tbody//th[normalize-space()=%1$s]", name);
        return header.findElements(By.xpath("following-sibling::*")).stream()
                .takeWhile(next -> !next.getTagName().equals("dt"))
                .map(WebElement::getText)
                .toList();
    }

    @Override
    public void fill(String label, String value) {
        WebElement field = labelled(label);
        field.clear();
        field.sendKeys(value);
    }

    @Override
    public void check(String label) {
        WebElement box = labelled(label);
        if (!box.isSelected()) {
            box.click();
        }
    }

    @Override
    public void choose(String label, String option) {
        new Select(labelled(label)).selectByVisibleText(option);
    }

    @Override
    public void attach(String label, Path file) {
        labelled(label).sendKeys(file.toAbsolutePath().toString());
    }

    @Override
    public void press(String name) {
        press(only("//*[" + PRESSABLE + "][normalize-space()=%1$s]", name));
    }

    @Override
    public void pressIn(String heading, String name) {
        WebElement found = only("//main//*[self::th or self::h2 or self::h3][normalize-space()=%1$s]", heading);
        WebElement part = found.findElement(By.xpath("ancestor::*[self::tr or self::article or self::section][1]"));
        press(part.findElement(By.xpath(".//*[" + PRESSABLE + "][normalize-space()=" + quoted(name) + "]")));
    }

    @Override
    public boolean offers(String name) {
        return !driver.findElements(By.xpath("//*[" + PRESSABLE + "][normalize-space()=" + quoted(name) + "]"))
                .isEmpty();
    }

    @Override
    public void close() {
        driver.quit();
    }

    @Override
    public String toString() {
        return driver.getCurrentUrl() + " \"" + title() + "\": " + text();
    }

    /** Every button and link leads to a page. The old one is gone before the new one is inspected. */
    private void press(WebElement element) {
        WebElement old = driver.findElement(By.tagName("html"));
        element.click();
        new WebDriverWait(driver, PATIENCE)
                .until(browser -> isGone(old) && "complete".equals(driver.executeScript("return document.readyState")));
        inspect();
    }

    /** While the page changes, the driver reports the old page by various exceptions. */
    private static boolean isGone(WebElement element) {
        try {
            element.getTagName();
            return false;
        } catch (WebDriverException e) {
            return true;
        }
    }

    /** Without scripts, the engine for accessibility does not run either. */
    private void inspect() {
        inspector.inspect(driver, scripts);
    }

    private WebElement labelled(String label) {
        WebElement found = only("//label[@for][normalize-space(text()[normalize-space()])=%1$s]", label);
        return driver.findElement(By.id(requireNonNull(found.getDomAttribute("for"))));
    }

    private WebElement only(String path, String text) {
        List<WebElement> found = driver.findElements(By.xpath(String.format(Locale.ROOT, path, quoted(text))));
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " elements have the text " + text + " on " + this);
        }
        return found.get(0);
    }

    /** XPath 1.0 cannot escape a quotation mark. */
    private static String quoted(String text) {
        if (!text.contains("'")) {
            return "'" + text + "'";
        }
        return Arrays.stream(text.split("'", -1))
                .map(part -> "'" + part + "'")
                .collect(Collectors.joining(", \"'\", ", "concat(", ")"));
    }
}
