package dev.watchword.demo.walk;

import static org.assertj.core.api.Assertions.assertThat;

/** The hardware token of the manual: order, start, login, renewal, revocation, and that it never returns. */
final class HardwareWalk {
    private static final String CUSTOMER = "hanako";
    private static final String PASSWORD = "kakunin2";
    private static final String FIRST = "101199980021";
    private static final String SECOND = "101199980025";
    private static final String THIRD = "101199980026";

    private final Walk walk;

    HardwareWalk(Walk walk) {
        this.walk = walk;
    }

    void all() {
        walk.logIn(CUSTOMER);
        order();
        walk.send(CUSTOMER, FIRST);
        activate(FIRST);
        logInWithCode(FIRST);
        transfer();
        renew();
        revoke();
        neverAgain();
    }

    private void order() {
        walk.selection("UNREGISTERED");
        walk.press("otp.issue");
        walk.atScreen("BOT010", "otp.kind.title");
        walk.visitor.pressIn(walk.text("otp.kind.hardware"), walk.text("otp.kind.choose"));
        walk.at("otp.order.title");
        walk.fill("confirmation.password", "kakunin9");
        walk.press("otp.order.submit");
        walk.atError("otp.order.title");
        walk.shows("otp.problem.wrong.password");
        walk.fill("confirmation.password", PASSWORD);
        walk.press("otp.order.submit");
        walk.at("otp.order.done.title");
        walk.selection("ISSUED");
        walk.shows("otp.state.not-sent");
    }

    /** Starts using a token, after a serial number that is not this customer's. */
    private void activate(String serial) {
        String code = walk.codeOf(serial);
        walk.visitor.open("/bank/otp");
        walk.press("otp.activate");
        walk.atScreen("BOK501", "otp.activation.hardware.title");
        enter(THIRD, code);
        walk.atError("otp.activation.hardware.title");
        enter(serial, code);
        walk.atScreen("BOK502", "otp.activation.hardware.done.title");
        walk.fact("otp.serial", serial);
        assertThat(walk.visitor.facts(walk.text("otp.expiry")).get(0)).isNotBlank();
        walk.selection("ACTIVE");
    }

    private void enter(String serial, String code) {
        walk.fill("otp.serial", serial);
        walk.fill("otp.code", code);
        walk.press("otp.activation.submit");
    }

    private void logInWithCode(String serial) {
        walk.logOut();
        walk.nextMinute();
        String code = walk.codeOf(serial);
        walk.logIn(CUSTOMER);
        walk.enterCode(code);
        walk.at("home.title");
    }

    /** A token without a keypad confirms a transfer by an ordinary code. */
    private void transfer() {
        walk.visitor.open("/bank/transfer");
        walk.fill("detail.payee", "0123456");
        walk.fill("detail.payeeName", "Hirosaki & Sons");
        walk.fill("detail.amount", "50000");
        walk.press("transfer.order");
        walk.shows("transfer.how.PLAIN_CODE");
        String transfer = walk.visitor.path();
        walk.nextMinute();
        String code = walk.codeOf(FIRST);
        walk.visitor.open(transfer);
        walk.fill("transfer.response", code);
        walk.press("transfer.confirm");
        walk.fact("transfer.state", walk.text("transfer.state.EXECUTED"));
    }

    /** From 90 days before the expiry on, the customer can order a successor. The old token works until the new one is used. */
    private void renew() {
        walk.selection("ACTIVE");
        walk.offers(false, false, true);
        for (int years = 0; years < 4; years++) {
            walk.later("time.year");
        }
        for (int months = 0; months < 9; months++) {
            walk.later("time.days");
        }
        logInWithCode(FIRST);
        walk.selection("ACTIVE");
        walk.offers(false, false, true);
        walk.later("time.days");
        walk.visitor.open("/bank/otp");
        walk.shows("otp.state.renewable");
        String code = walk.codeOf(FIRST);
        walk.visitor.open("/bank/otp");
        walk.press("otp.issue");
        walk.visitor.pressIn(walk.text("otp.kind.hardware"), walk.text("otp.kind.choose"));
        walk.fill("confirmation.password", PASSWORD);
        walk.fill("otp.code", code);
        walk.press("otp.order.submit");
        walk.at("otp.order.done.title");
        walk.send(CUSTOMER, SECOND);
        logInWithCode(FIRST);
        activate(SECOND);
        walk.nextMinute();
        String old = walk.codeOf(FIRST);
        walk.logOut();
        walk.logIn(CUSTOMER);
        walk.enterCode(old);
        walk.atError("code.title");
        walk.enterCode(walk.codeOf(SECOND));
        walk.visitor.open("/bank");
        walk.fact("limit.current", walk.text("limit.yen", 1_000_000));
    }

    private void revoke() {
        walk.nextMinute();
        String code = walk.codeOf(SECOND);
        walk.selection("ACTIVE");
        walk.press("otp.revoke");
        walk.atScreen("BOS001", "otp.revocation.title");
        walk.fill("confirmation.password", PASSWORD);
        walk.fill("otp.code", code);
        walk.press("otp.revocation.submit");
        walk.at("otp.revocation.done.title");
        walk.shows("otp.revocation.done.hardware");
    }

    /** A revoked hardware token is refused for ever: the operator cannot send it, and the customer cannot start it (R5.4). */
    private void neverAgain() {
        walk.visitor.open("/bank/otp");
        order();
        walk.find(CUSTOMER);
        walk.press("desk.action.ASSIGN");
        walk.fill("desk.field.serialNumber", SECOND);
        walk.press("desk.submit.ASSIGN");
        walk.atError("desk.action.ASSIGN");
        walk.send(CUSTOMER, THIRD);
        walk.nextMinute();
        String code = walk.codeOf(SECOND);
        walk.visitor.open("/bank/otp");
        walk.press("otp.activate");
        enter(SECOND, code);
        walk.atError("otp.activation.hardware.title");
        walk.visitor.open("/bank/otp");
        walk.fact("otp.status", walk.text("otp.status.ISSUED"));
    }
}
