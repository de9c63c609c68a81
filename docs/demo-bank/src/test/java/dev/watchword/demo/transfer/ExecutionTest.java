package dev.watchword.demo.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.demo.bank.Customers;
import dev.watchword.demo.phone.Owner;
import dev.watchword.demo.visit.Bank;
import dev.watchword.demo.visit.HttpVisitor;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Origin;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.RequestId;
import dev.watchword.otp.lifecycle.model.RequestInfo;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.signing.TransactionDetails;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A confirmed transfer is executed once, although answers are repeated and processes die. */
class ExecutionTest {
    private static final Payment PAYMENT = new Payment("0123456", "弘前商店", 50_000);
    private static final TransactionDetails DETAILS = PAYMENT.details().orElseThrow();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static Bank bank;

    @TempDir
    Path directory;

    @BeforeAll
    static void open() {
        bank = Bank.open();
    }

    @AfterAll
    static void close() {
        bank.close();
    }

    private static Transfer ordered(Owner owner) {
        return bank.bean(Transfers.class)
                .order(Origin.NONE, owner.holder(), UUID.randomUUID(), PAYMENT)
                .orElseThrow();
    }

    private static TransferState state(Transfer transfer) {
        return bank.bean(Transfers.class)
                .find(transfer.holder(), transfer.id())
                .orElseThrow()
                .state();
    }

    private static long confirmations(Owner owner) {
        return events(owner)
                .filter(event -> event.type() == EventType.SIGNATURE_CONFIRMED)
                .count();
    }

    private static List<RequestInfo> openRequests(Owner owner) {
        return bank.bean(Institution.class)
                .tokens()
                .registration(owner.holder())
                .openRequests();
    }

    private static Stream<TokenEvent> events(Owner owner) {
        return bank.bean(Institution.class).histories().read(owner.holder(), 0, 1000).stream();
    }

    private static void await(BooleanSupplier condition) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean() && Instant.now().isBefore(end)) {
            Thread.onSpinWait();
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    @Test
    @Tag("R13.2")
    void aReplayedAnswerExecutesNothingAgain() {
        Owner owner = new Owner(bank, "replay");
        Device device = Device.of(owner, bank, directory);
        Transfer first = ordered(owner);
        Device.Approval approval = device.approve();
        assertThat(device.send(approval).body()).isEqualTo("{\"state\":\"EXECUTED\"}");
        assertThat(device.send(approval).body()).isEqualTo("{\"state\":\"EXECUTED\"}");
        assertThat(state(first)).isEqualTo(TransferState.EXECUTED);
        assertThat(device.refuse(approval).statusCode())
                .as("too late to refuse")
                .isEqualTo(422);

        Transfer second = ordered(owner);
        HttpResponse<String> replayed =
                device.send(new Device.Approval(second.request().value(), approval.response()));
        assertThat(replayed.statusCode()).isEqualTo(422);
        assertThat(state(second)).isEqualTo(TransferState.WAITING);
        assertThat(confirmations(owner)).isEqualTo(1);
    }

    @Test
    @Tag("R13.2")
    void concurrentAnswersExecuteATransferOnce() throws Exception {
        Owner owner = new Owner(bank, "parallel");
        Device device = Device.of(owner, bank, directory);
        Transfer transfer = ordered(owner);
        Device.Approval approval = device.approve();
        int senders = 6;
        CountDownLatch start = new CountDownLatch(senders);
        ExecutorService threads = Executors.newFixedThreadPool(senders);
        List<Future<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < senders; i++) {
            answers.add(threads.submit(() -> {
                start.countDown();
                start.await();
                return device.send(approval);
            }));
        }
        int executed = 0;
        for (Future<HttpResponse<String>> answer : answers) {
            executed += answer.get().body().equals("{\"state\":\"EXECUTED\"}") ? 1 : 0;
        }
        threads.shutdown();
        assertThat(executed).isPositive();
        assertThat(state(transfer)).isEqualTo(TransferState.EXECUTED);
        assertThat(confirmations(owner)).isEqualTo(1);
        assertThat(bank.bean(TransferRows.class).execute(transfer)).isFalse();
    }

    @Test
    @Tag("R9.5")
    void theFeedExecutesWhatWasConfirmedBeforeTheProcessDied() {
        Owner owner = new Owner(bank, "crash");
        Device device = Device.of(owner, bank, directory);
        Transfer transfer = ordered(owner);
        confirmOnly(device, transfer);
        await(() -> state(transfer) == TransferState.EXECUTED);
    }

    @Test
    @Tag("R13.2")
    void theFeedStopsWhatWasChangedAfterTheConfirmation() {
        Owner owner = new Owner(bank, "crash-and-attack");
        Device device = Device.of(owner, bank, directory);
        Transfer transfer = ordered(owner);
        // the attacker is faster than the feed
        bank.bean(JdbcClient.class)
                .sql("UPDATE transfer SET amount = 999999 WHERE id = ?")
                .param(transfer.id())
                .update();
        confirmOnly(device, transfer);
        await(() -> state(transfer) == TransferState.STOPPED);
    }

    @Test
    @Tag("R13.2")
    void theFeedChargesNobodyButTheCustomerWhoConfirmed() {
        Owner owner = new Owner(bank, "payer");
        Owner victim = new Owner(bank, "victim");
        Device device = Device.of(owner, bank, directory);
        Transfer transfer = ordered(owner);
        bank.bean(JdbcClient.class)
                .sql("UPDATE transfer SET login_id = ? WHERE id = ?")
                .params(victim.holder().value(), transfer.id())
                .update();
        confirmOnly(device, transfer);
        await(() -> bank.bean(Transfers.class)
                        .find(victim.holder(), transfer.id())
                        .orElseThrow()
                        .state()
                == TransferState.STOPPED);
        assertThat(payments(transfer)).isZero();
    }

    @Test
    @Tag("R13.2")
    void aTransferWhoseStateIsSetBackIsNotPaidAgain() {
        Owner owner = new Owner(bank, "again");
        Device device = Device.of(owner, bank, directory);
        Transfer transfer = ordered(owner);
        device.send(device.approve());
        assertThat(payments(transfer)).isEqualTo(1);
        bank.bean(JdbcClient.class)
                .sql("UPDATE transfer SET state = 'WAITING' WHERE id = ?")
                .param(transfer.id())
                .update();
        bank.bean(Transfers.class).complete(owner.holder(), transfer.request(), Payment.fingerprint(DETAILS));
        assertThat(state(transfer)).isEqualTo(TransferState.EXECUTED);
        assertThat(payments(transfer)).isEqualTo(1);
    }

    private static long payments(Transfer transfer) {
        return bank.bean(JdbcClient.class)
                .sql("SELECT COUNT(*) FROM payment WHERE request_id = ?")
                .param(transfer.request().value())
                .query(Long.class)
                .single();
    }

    /** Commits the confirmation as {@link Transfers#confirm} does, and dies. */
    private static void confirmOnly(Device device, Transfer transfer) {
        Device.Approval approval = device.approve();
        bank.bean(Institution.class)
                .from(Origin.NONE.reference(Payment.fingerprint(DETAILS)))
                .tokens()
                .confirm(transfer.holder(), new RequestId(approval.requestId()), DETAILS, approval.response())
                .orElseThrow();
    }

    @Test
    @Tag("R13.2")
    void theExecutionComparesTheDetailsAgain() {
        Owner owner = new Owner(bank, "late-attack");
        Device.of(owner, bank, directory);
        Transfer confirmed = ordered(owner);
        bank.bean(JdbcClient.class)
                .sql("UPDATE transfer SET payee_name = '悪党' WHERE id = ?")
                .param(confirmed.id())
                .update();
        assertThat(bank.bean(TransferRows.class).execute(confirmed)).isFalse();
        assertThat(state(confirmed)).isEqualTo(TransferState.WAITING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE transfer SET payee_name = '弘前\u202e商店' WHERE login_id = ?",
                "UPDATE transfer SET payee_name = '' WHERE login_id = ?",
                "UPDATE transfer SET amount = -1 WHERE login_id = ?",
                "UPDATE customer SET transfer_limit = 49999 WHERE login_id = ?"
            })
    @Tag("R13.2")
    void aTransferThatCouldNotBeOrderedNowIsStopped(String change) {
        Owner owner = new Owner(bank, "changed-" + change.hashCode());
        Device device = Device.of(owner, bank, directory);
        Transfer transfer = ordered(owner);
        Device.Approval approval = device.approve();
        bank.bean(JdbcClient.class).sql(change).param(owner.holder().value()).update();
        assertThat(device.send(approval).body()).isEqualTo("{\"code\":\"STOPPED\"}");
        assertThat(state(transfer)).isEqualTo(TransferState.STOPPED);
        assertThat(confirmations(owner)).isZero();
        assertThat(openRequests(owner)).isEmpty();
    }

    @Test
    void theExecutionComparesTheLimitAgain() {
        Owner owner = new Owner(bank, "late-limit");
        Device.of(owner, bank, directory);
        Transfer confirmed = ordered(owner);
        bank.bean(Customers.class).limitTransfers(owner.holder(), PAYMENT.amount() - 1);
        assertThat(bank.bean(TransferRows.class).execute(confirmed)).isFalse();
        bank.bean(Customers.class).limitTransfers(owner.holder(), PAYMENT.amount());
        assertThat(bank.bean(TransferRows.class).execute(confirmed)).isTrue();
    }

    @Test
    void anOrderThatArrivesAgainOrdersNothing() throws Exception {
        Owner owner = new Owner(bank, "impatient");
        Device.of(owner, bank, directory);
        UUID id = UUID.randomUUID();
        Callable<Outcome<Transfer>> order =
                () -> bank.bean(Transfers.class).order(Origin.NONE, owner.holder(), id, PAYMENT);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        for (Future<Outcome<Transfer>> ordered : threads.invokeAll(List.of(order, order))) {
            assertThat(ordered.get().orElseThrow().id()).isEqualTo(id.toString());
        }
        threads.shutdown();
        assertThat(order.call().orElseThrow().id()).isEqualTo(id.toString());
        assertThat(bank.bean(Transfers.class).of(owner.holder())).hasSize(1);
        assertThat(openRequests(owner)).hasSize(1);
    }

    @Test
    void theFormOfAnotherCustomerOrdersAnotherTransfer() {
        TransferForm form = TransferForm.empty();
        assertThat(form.transfer(new Holder("taro")))
                .isEqualTo(form.transfer(new Holder("taro")))
                .isNotEqualTo(form.transfer(new Holder("hanako")))
                .isNotEqualTo(TransferForm.empty().transfer(new Holder("taro")));
    }

    @Test
    void aFormThatIsSentTwiceOrdersOneTransfer() {
        Owner owner = new Owner(bank, "double");
        HttpVisitor browser = owner.logIn(Device.of(owner, bank, directory).code());
        browser.open("/bank/transfer");
        Map<String, String> fields = Map.of(
                "_csrf", browser.csrf(),
                "id", browser.value("id"),
                "payee", PAYMENT.payee(),
                "payeeName", PAYMENT.payeeName(),
                "amount", "1");
        browser.post("/bank/transfer", fields);
        String first = browser.path();
        browser.post("/bank/transfer", fields);
        assertThat(browser.path()).isEqualTo(first).startsWith("/bank/transfer/");
        assertThat(bank.bean(Transfers.class).of(owner.holder())).hasSize(1);
        assertThat(events(owner).filter(event -> event.type() == EventType.SIGNATURE_REQUESTED))
                .hasSize(1);
    }

    @Test
    void aFormThatWasSentIsNotTakenForAnotherTransfer() {
        Owner owner = new Owner(bank, "back-button");
        HttpVisitor browser = owner.logIn(Device.of(owner, bank, directory).code());
        browser.open("/bank/transfer");
        String id = browser.value("id");
        Map<String, String> fields = new HashMap<>(Map.of(
                "_csrf", browser.csrf(),
                "id", id,
                "payee", PAYMENT.payee(),
                "payeeName", PAYMENT.payeeName(),
                "amount", "1"));
        browser.post("/bank/transfer", fields);
        String first = browser.path();
        fields.put("amount", "2");
        browser.post("/bank/transfer", fields);
        assertThat(browser.title()).isEqualTo("エラー：振込");
        assertThat(browser.text()).contains("下の内容の振込は、まだ受け付けていません。");
        assertThat(browser.value("amount")).isEqualTo("2");
        assertThat(browser.value("id")).isNotEqualTo(id);
        assertThat(bank.bean(Transfers.class).of(owner.holder())).hasSize(1);
        String again = browser.value("id");
        browser.press("先に受け付けた振込");
        assertThat(browser.path()).isEqualTo(first);
        assertThat(browser.facts("金額（円）")).containsExactly("1");
        fields.put("id", again);
        browser.post("/bank/transfer", fields);
        assertThat(browser.facts("金額（円）")).containsExactly("2");
    }

    @Test
    @Tag("R9.6")
    void eventsRecordTheAddressOfTheAppAndOfTheBrowser() {
        Owner owner = new Owner(bank, "located");
        Device device = Device.of(owner, bank, directory);
        HttpVisitor browser = owner.logIn(device.code());
        browser.open("/bank/transfer");
        browser.fill("受取人の口座番号", PAYMENT.payee());
        browser.fill("受取人の名前", PAYMENT.payeeName());
        browser.fill("金額（円）", "1");
        browser.press("承認へ進む");
        device.send(device.approve());
        assertThat(events(owner)
                        .filter(event -> "127.0.0.1".equals(event.origin().source()))
                        .map(TokenEvent::type))
                .contains(EventType.PROVISIONED, EventType.SIGNATURE_REQUESTED, EventType.SIGNATURE_CONFIRMED);
    }

    @Test
    @Tag("R2.5")
    void aWrongAnswerIsChargedAndTheTransferWaits() {
        Owner owner = new Owner(bank, "wrong");
        Device device = Device.of(owner, bank, directory);
        Transfer transfer = ordered(owner);
        HttpResponse<String> answer =
                device.send(new Device.Approval(transfer.request().value(), "00000000"));
        assertThat(answer.body()).isEqualTo("{\"code\":\"NOT_ACCEPTED\"}");
        assertThat(state(transfer)).isEqualTo(TransferState.WAITING);
        assertThat(device.send(device.approve()).statusCode()).isEqualTo(200);
    }

    @Test
    void theIdOfARequestIsOnNoPageOfTheBank() {
        Owner owner = new Owner(bank, "secretive");
        Device device = Device.of(owner, bank, directory);
        Transfer transfer = ordered(owner);
        HttpVisitor browser = owner.logIn(device.code());
        browser.open("/bank/transfer/" + transfer.id());
        assertThat(browser.title()).isEqualTo("振込の承認");
        assertThat(browser.source()).doesNotContain(transfer.request().value());
    }
}
