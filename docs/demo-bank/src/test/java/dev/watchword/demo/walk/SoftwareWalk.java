package dev.watchword.demo.walk;

import static org.assertj.core.api.Assertions.assertThat;

/** The software token of the manual: issue, setup of the app, start, login, suspension, revocation, and a new phone. */
final class SoftwareWalk {
    private static final String CUSTOMER = "taro";
    private static final String PASSWORD = "kakunin1";
    private static final String MAIL = "taro@data-bank.example";
    private static final String FIRST_PASSWORD = "4726";
    private static final int TRIES = 5;

    private final Walk walk;

    SoftwareWalk(Walk walk) {
        this.walk = walk;
    }

    void all() {
        walk.logIn(CUSTOMER);
        walk.at("home.title");
        walk.selection("UNREGISTERED");
        walk.offers(true, false, false);
        walk.picture("bop001");
        String userId = issue();
        setUp("taro", userId);
        activate("taro");
        logInWithCode();
        suspend();
        resume();
        revoke();
        changePhone(userId);
    }

    /** Issues a token, with every mistake that the pages report. Returns the user ID. */
    private String issue() {
        walk.press("otp.issue");
        walk.atScreen("BOT010", "otp.kind.title");
        walk.visitor.pressIn(walk.text("otp.kind.software"), walk.text("otp.kind.choose"));
        walk.at("otp.software.entry.title");
        enter(MAIL, "other@data-bank.example", FIRST_PASSWORD, "999");
        walk.atError("otp.software.entry.title");
        walk.shows("otp.problem.malformed.mailAgain");
        walk.shows("otp.problem.malformed.activationPasswordAgain");
        enter(MAIL, MAIL, FIRST_PASSWORD, FIRST_PASSWORD);

        walk.at("otp.software.confirm.title");
        walk.fact("otp.mail-code.to", MAIL);
        String confirmation = walk.visitor.path();
        String code = walk.mailCode();
        walk.visitor.open(confirmation);
        confirm(Walk.wrong(code), PASSWORD);
        walk.atError("otp.software.confirm.title");
        walk.shows("otp.problem.wrong.mailCode");
        confirm(code, PASSWORD);

        walk.at("otp.software.done.title");
        walk.fact("otp.service-id", "10112235");
        String userId = walk.visitor.facts(walk.text("otp.user-id")).get(0);
        assertThat(userId).matches("\\d{12}");
        walk.press("otp.selection");
        walk.selection("ISSUED");
        walk.offers(false, false, false); // the app is not set up yet
        return userId;
    }

    private void enter(String mail, String mailAgain, String password, String passwordAgain) {
        walk.fill("otp.mail", mail);
        walk.fill("otp.mail.again", mailAgain);
        walk.fill("otp.activation.password", password);
        walk.fill("otp.activation.again", passwordAgain);
        walk.press("otp.next");
    }

    private void confirm(String mailCode, String password) {
        walk.fill("otp.mail-code", mailCode);
        walk.fill("confirmation.password", password);
        walk.press("otp.software.confirm");
    }

    private void setUp(String phone, String userId) {
        openSetup(phone, userId, "9999");
        walk.atError("phone.setup.title");
        walk.shows("phone.error.NOT_ACCEPTED");
        openSetup(phone, userId, FIRST_PASSWORD);
        walk.at("phone.done.title");
        walk.press("phone.next");
        assertThat(walk.visitor.text()).contains("見本信用組合");
        walk.picture("phone-code");
    }

    private void openSetup(String phone, String userId, String password) {
        walk.visitor.open("/phones/" + phone + "/setup");
        walk.fill("phone.serviceId", "10112235");
        walk.fill("phone.userId", userId);
        walk.fill("phone.password", password);
        walk.visitor.check(walk.text("phone.consent"));
        walk.press("phone.send");
    }

    private void activate(String phone) {
        walk.selection("ISSUED");
        walk.offers(false, true, false);
        walk.press("otp.activate");
        walk.at("otp.activation.software.title");
        walk.fill("otp.code", walk.text("otp.title"));
        walk.press("otp.activation.submit");
        walk.atError("otp.activation.software.title");
        String code = walk.codeOn(phone);
        walk.visitor.open("/bank/otp/activate/software");
        walk.fill("otp.code", code);
        walk.press("otp.activation.submit");
        walk.at("otp.activation.software.done.title");
        walk.selection("ACTIVE");
        walk.offers(false, false, true);
    }

    /** The code that started the token is spent. The next one opens the bank once. */
    private void logInWithCode() {
        walk.logOut();
        String spent = walk.codeOn("taro");
        walk.logIn(CUSTOMER);
        walk.at("code.title");
        walk.enterCode(spent);
        walk.atError("code.title");
        walk.nextMinute();
        walk.enterCode(walk.codeOn("taro"));
        walk.at("home.title");
    }

    private void suspend() {
        walk.logOut();
        walk.nextMinute();
        String code = walk.codeOn("taro");
        walk.logIn(CUSTOMER);
        for (int tries = 0; tries < TRIES; tries++) {
            walk.enterCode(Walk.wrong(code));
            walk.atError("code.title");
        }
        walk.shows("otp.state.failures");
    }

    private void resume() {
        walk.find(CUSTOMER);
        walk.fact("desk.facts.status", walk.text("desk.status.SUSPENDED"));
        walk.picture("desk-holder");
        walk.press("desk.action.RESUME");
        walk.fill("desk.field.reason", "seen at the branch with an identity card");
        walk.press("desk.submit.RESUME");
        walk.shows("desk.done.RESUME");
        walk.nextMinute();
        String code = walk.codeOn("taro");
        walk.logIn(CUSTOMER);
        walk.enterCode(code);
        walk.at("home.title");
        walk.selection("ACTIVE");
    }

    private void revoke() {
        walk.nextMinute();
        String code = walk.codeOn("taro");
        walk.selection("ACTIVE");
        walk.press("otp.revoke");
        walk.atScreen("BOS001", "otp.revocation.title");
        walk.fill("confirmation.password", "kakunin9");
        walk.fill("otp.code", code);
        walk.press("otp.revocation.submit");
        walk.atError("otp.revocation.title");
        walk.shows("otp.problem.wrong.password");
        walk.fill("confirmation.password", PASSWORD);
        walk.fill("otp.code", code);
        walk.press("otp.revocation.submit");
        walk.at("otp.revocation.done.title");
        walk.selection("UNREGISTERED");
        walk.eventually("/bank", "limit.current", walk.text("limit.yen", 200_000));
        walk.logOut();
        walk.logIn(CUSTOMER);
        walk.at("home.title");
    }

    /** A new phone can be set up from the next day on (R7.3). */
    private void changePhone(String userId) {
        walk.selection("UNREGISTERED");
        assertThat(issue()).isEqualTo(userId);
        openSetup("taro-new", userId, FIRST_PASSWORD);
        walk.atError("phone.setup.title");
        walk.showsBeginOf("phone.error.NOT_YET");
        walk.later("time.tomorrow");
        setUp("taro-new", userId);
        activate("taro-new");
        walk.nextMinute();
        String code = walk.codeOn("taro-new");
        walk.visitor.open("/bank/limit");
        walk.fill("limit.amount", "500000");
        walk.fill("otp.code", code);
        walk.press("limit.submit");
        walk.at("limit.done.title");
    }
}
