package dev.watchword.demo.walk;

import static org.assertj.core.api.Assertions.assertThat;

/** A transfer that the customer's phone signs: approved, refused, and changed by an attacker. */
final class TransferWalk {
    private static final String PHONE = "taro-new";
    private static final String PAYEE = "Hirosaki & Sons";

    private final Walk walk;

    TransferWalk(Walk walk) {
        this.walk = walk;
    }

    /** Continues after the walk with the software token, whose customer is logged in. */
    void all() {
        walk.visitor.open("/bank/transfer");
        walk.at("transfer.title");
        order("600000");
        walk.atError("transfer.title");
        approve();
        refuse();
        tamper();
    }

    private String order(String amount) {
        walk.visitor.open("/bank/transfer");
        walk.fill("detail.payee", "0123456");
        walk.fill("detail.payeeName", PAYEE);
        walk.fill("detail.amount", amount);
        walk.press("transfer.order");
        return walk.visitor.path();
    }

    private void approve() {
        String transfer = order("50000");
        walk.at("transfer.confirm.title");
        walk.fact("transfer.state", walk.text("transfer.state.WAITING"));
        walk.picture("transfer");
        walk.visitor.open("/phones/" + PHONE);
        walk.fact("detail.purpose", walk.text("purpose.funds-transfer"));
        walk.fact("detail.payee", "0123456");
        walk.fact("detail.payeeName", PAYEE);
        walk.fact("detail.amount", "50,000");
        walk.picture("phone-approval");
        walk.press("phone.approve");
        walk.shows("phone.answered.EXECUTED");
        walk.visitor.open(transfer);
        walk.fact("transfer.state", walk.text("transfer.state.EXECUTED"));
    }

    private void refuse() {
        String transfer = order("60000");
        walk.visitor.open("/phones/" + PHONE);
        walk.press("phone.refuse");
        walk.shows("phone.answered.REFUSED");
        walk.visitor.open(transfer);
        walk.fact("transfer.state", walk.text("transfer.state.REFUSED"));
    }

    /** An attacker changes the payee inside the bank. The app still shows what the customer ordered, and nothing is paid. */
    private void tamper() {
        String transfer = order("70000");
        walk.visitor.open("/stage/tamper");
        walk.press("tamper.change");
        walk.visitor.open("/phones/" + PHONE);
        walk.fact("detail.payee", "0123456");
        walk.press("phone.approve");
        walk.shows("phone.answered.STOPPED");
        walk.visitor.open(transfer);
        walk.fact("transfer.state", walk.text("transfer.state.STOPPED"));
        assertThat(walk.visitor.text()).doesNotContain(walk.text("transfer.state.EXECUTED"));
    }
}
