package dev.watchword.demo.walk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.demo.visit.Texts;
import dev.watchword.demo.visit.Visitor;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the person in a walk does again and again, as the customer, at the phone, and at the operator's desk. */
final class Walk {
    static final String OPERATOR = "sato";

    private static final Pattern CODE = Pattern.compile("(?<!\\d)\\d{8}(?!\\d)");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int DIGITS = 100_000_000;

    final Visitor visitor;
    private final Texts texts;

    Walk(Visitor visitor, Locale language) {
        this.visitor = visitor;
        texts = new Texts(language);
    }

    /** Returns a text of the pages. */
    String text(String key, Object... values) {
        return texts.of(key, values);
    }

    /** Fails unless the page has this title. */
    void at(String key, Object... values) {
        assertThat(visitor.title()).as("%s", visitor).isEqualTo(text(key, values));
    }

    /** Fails unless the page has this title, and shows the ID that the manual gives it. */
    void atScreen(String id, String key) {
        at(key);
        shows("otp.screen", id);
    }

    /** Fails unless the page has this title after an error. */
    void atError(String key) {
        assertThat(visitor.title()).as("%s", visitor).isEqualTo(text("error.prefix", text(key)));
    }

    void shows(String key, Object... values) {
        assertThat(visitor.text()).contains(text(key, values));
    }

    /** Fails unless the page has a text whose value is unknown: its words before the value. */
    void showsBeginOf(String key) {
        String whole = text(key, "\0");
        assertThat(visitor.text()).contains(whole.substring(0, whole.indexOf('\0')));
    }

    /** Takes a picture of the page for the guide. */
    void picture(String name) {
        visitor.picture(name + "-" + texts.language().getLanguage());
    }

    void fact(String key, String value) {
        assertThat(visitor.facts(text(key))).as("%s", visitor).containsExactly(value);
    }

    void press(String key) {
        visitor.press(text(key));
    }

    void fill(String key, String value) {
        visitor.fill(text(key), value);
    }

    /** Opens the customer's login and passes the first factor. */
    void logIn(String customer) {
        visitor.open("/login");
        at("login.title");
        fill("login.id", customer);
        fill("login.password", customer + "-demo-1");
        press("login.submit");
    }

    /** Enters a code in the second step of the login. */
    void enterCode(String code) {
        visitor.open("/code");
        fill("code.label", code);
        press("code.submit");
    }

    void logOut() {
        visitor.open("/bank");
        press("nav.logout");
        at("login.title");
    }

    /** Opens the page BOP001, which must show this status. */
    void selection(String status) {
        visitor.open("/bank/otp");
        atScreen("BOP001", "otp.title");
        fact("otp.status", text("otp.status." + status));
    }

    /** Fails unless the page BOP001 offers exactly these of the three buttons. */
    void offers(boolean issue, boolean activate, boolean revoke) {
        assertThat(visitor.offers(text("otp.issue"))).isEqualTo(issue);
        assertThat(visitor.offers(text("otp.activate"))).isEqualTo(activate);
        assertThat(visitor.offers(text("otp.revoke"))).isEqualTo(revoke);
    }

    /** Returns the code that the app on a phone shows now. */
    String codeOn(String phone) {
        visitor.open("/phones/" + phone);
        return visitor.facts(text("phone.code")).get(0);
    }

    /** Presses the button of a hardware token and returns the code on its display. */
    String codeOf(String serial) {
        visitor.open("/hardware/" + serial);
        press("hardware.press");
        return firstCode();
    }

    /** Returns the mail code in the newest mail. */
    String mailCode() {
        visitor.open("/stage/mail");
        return firstCode();
    }

    private String firstCode() {
        Matcher found = CODE.matcher(visitor.text());
        assertThat(found.find()).as("a code on %s", visitor).isTrue();
        return found.group();
    }

    /** Returns a code that the token does not show. */
    static String wrong(String code) {
        return String.format(Locale.ROOT, "%08d", (Integer.parseInt(code) + DIGITS / 9) % DIGITS);
    }

    /** Moves the time on the page of the demonstration. */
    void later(String key) {
        visitor.open("/stage/time");
        press(key);
        at("time.title");
    }

    /** Moves the time to the next code of every token. */
    void nextMinute() {
        later("time.minute");
    }

    /** Logs the operator in, unless he is. */
    void goToDesk() {
        visitor.open("/desk");
        if (visitor.title().equals(text("desk.login.title"))) {
            fill("desk.login.name", OPERATOR);
            fill("login.password", "desk-demo-1");
            press("login.submit");
        }
        at("desk.home.title");
    }

    /** Opens the operator's page of a customer by a search. */
    void find(String customer) {
        goToDesk();
        fill("desk.search.label", customer);
        press("desk.search.submit");
        visitor.pressIn(customer, customer);
    }

    /** Sends the hardware token with this serial number to a customer who ordered one. */
    void send(String customer, String serial) {
        find(customer);
        press("desk.action.ASSIGN");
        fill("desk.field.serialNumber", serial);
        press("desk.submit.ASSIGN");
        shows("desk.done.ASSIGN");
        press("desk.action.SEND");
        press("desk.submit.SEND");
        shows("desk.done.SEND");
    }

    /** Loads a page again until a fact has a value, because the bank handles events after the answer. */
    void eventually(String path, String key, String value) {
        long start = System.nanoTime();
        do {
            visitor.open(path);
        } while (!visitor.facts(text(key)).get(0).equals(value) && System.nanoTime() - start < PATIENCE.toNanos());
        fact(key, value);
    }
}
