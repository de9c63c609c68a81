package dev.watchword.demo.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.demo.phone.Owner;
import dev.watchword.demo.visit.Bank;
import dev.watchword.demo.visit.HttpVisitor;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Origin;
import dev.watchword.otp.lifecycle.model.RequestId;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A confirmed transfer is executed once, although answers are repeated and processes die. */
class ExecutionTest {
    private static final Payment PAYMENT = new Payment("0123456", "弘前商店", 50_000);
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
        return bank.bean(Transfers.class).order(owner.holder(), PAYMENT).orElseThrow();
    }

    private static TransferState state(Transfer transfer) {
        return bank.bean(Transfers.class)
                .find(transfer.holder(), transfer.id())
                .orElseThrow()
                .state();
    }

    private static long confirmations(Owner owner) {
        return bank.bean(Institution.class).histories().read(owner.holder(), 0, 1000).stream()
                .filter(event -> event.type() == EventType.SIGNATURE_CONFIRMED)
                .count();
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

    /** Commits the confirmation as {@link Transfers#confirm} does, and dies. */
    private static void confirmOnly(Device device, Transfer transfer) {
        Device.Approval approval = device.approve();
        bank.bean(Institution.class)
                .from(Origin.NONE.reference(PAYMENT.fingerprint()))
                .tokens()
                .confirm(transfer.holder(), new RequestId(approval.requestId()), PAYMENT.details(), approval.response())
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
