package dev.watchword.otp.lifecycle.operations;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.CanIgnoreReturnValue;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Field;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.RegistrationStatus;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.StockState;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeAuthenticator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Actions of an operator on many tokens, and the withdrawal of a token from the stock. */
class BulkJobTest extends InstitutionFixture {
    private static final String WORDS = "seeds leaked at the maker";
    private static final int MANY = 450;

    private static SerialNumber serial(int number) {
        return new SerialNumber(Integer.toString(20_000_000 + number));
    }

    private static Holder holder(int number) {
        return new Holder("holder-" + number);
    }

    private BulkJob job(Selection selection, BulkAction action) {
        return desk.bulk(selection, action, WORDS).orElseThrow();
    }

    private static BulkResult dryRun(BulkJob job, List<BulkItem> into) {
        return job.dryRun(into::add);
    }

    @CanIgnoreReturnValue
    private static BulkResult run(BulkJob job) {
        return job.run(handled -> {});
    }

    private void activateAll(int count) {
        IntStream.range(0, count).forEach(i -> activateHardware(holder(i), serial(i)));
    }

    @Test
    @Tag("R12.3")
    void suspendsARangeOfSerialNumbersOnceAndSkipsTheRest() {
        activateAll(4);
        stock(serial(4));
        assertAccepted(desk.suspend(holder(1), SuspensionReason.LOST, "phoned in"));
        BulkJob job = job(Selection.ofSerials(serial(1), serial(4)), BulkAction.suspend(SuspensionReason.OTHER));
        List<BulkItem> wouldChange = new ArrayList<>();

        assertEquals(BulkResult.of(2, 1, List.of()), dryRun(job, wouldChange));

        assertEquals(List.of(BulkItem.of(holder(2), serial(2)), BulkItem.of(holder(3), serial(3))), wouldChange);
        assertEquals(RegistrationStatus.ACTIVE, status(holder(2)));
        assertEquals(BulkResult.of(2, 1, List.of()), run(job));
        assertEquals(RegistrationStatus.ACTIVE, status(holder(0)));
        for (int i = 1; i <= 3; i++) {
            assertEquals(RegistrationStatus.SUSPENDED, status(holder(i)));
            assertEquals(
                    1,
                    history(holder(i)).stream()
                            .filter(type -> type == EventType.SUSPENDED)
                            .count());
        }
        assertEquals(StockState.AVAILABLE, bank.stock().state(serial(4).value()).orElseThrow());
        assertEquals(BulkResult.of(0, 3, List.of()), run(job));
    }

    private static void show(String line) {
        assertTrue(line.length() > 5);
    }

    @Test
    void theListingOfThePageForOperators() throws IOException {
        // region
        Selection delivery = Selection.ofBatch(new BatchId("delivery-2026-11"));
        BulkJob job = desk.bulk(delivery, BulkAction.suspend(SuspensionReason.OTHER), "seeds leaked at the maker")
                .orElseThrow();
        BulkResult would = job.dryRun(item -> show(item.serial() + " of " + item.holder())); // changes nothing
        BulkResult result = job.run(handled -> show(handled + " so far"));
        // end
        assertEquals(would, result);
        String source =
                Files.readString(Path.of("src/test/java/dev/watchword/otp/lifecycle/operations/BulkJobTest.java"));
        String region = source.substring(source.indexOf("// region\n") + 10, source.indexOf("\n        // end"));
        assertTrue(Files.readString(Path.of("../docs/operations.md")).contains(region.stripIndent()));
    }

    @Test
    @Tag("R12.3")
    @Tag("R9.1")
    void recordsOperatorAndReason() {
        activateAll(1);
        run(job(Selection.ofBatch(new BatchId("of-" + serial(0))), BulkAction.suspend(SuspensionReason.STOLEN)));

        var events = bank.histories().read(holder(0), 0, 100);
        var last = events.get(events.size() - 1);
        assertEquals(OPERATOR, last.operator());
        assertEquals(WORDS, last.reason());
        assertEquals(SuspensionReason.STOLEN, last.suspensionReason());
    }

    @Test
    @Tag("R12.3")
    void aStoppedJobContinuesWithWhatIsLeft() {
        activateAll(MANY);
        BulkJob job = job(Selection.ofSerials(serial(0), serial(MANY)), BulkAction.suspend(SuspensionReason.OTHER));
        List<Long> told = new ArrayList<>();

        assertThrows(
                IllegalStateException.class,
                () -> job.run(handled -> {
                    told.add(handled);
                    throw new IllegalStateException("stop");
                }));

        assertEquals(1, told.size());
        long before = told.get(0);
        assertEquals(BulkResult.of(MANY - before, before, List.of()), job.run(told::add));
        assertEquals(MANY, told.get(told.size() - 1));
        for (int i = 0; i < MANY; i++) {
            assertEquals(
                    1,
                    history(holder(i)).stream()
                            .filter(type -> type == EventType.SUSPENDED)
                            .count());
        }
    }

    /** A token that is used again, renewed or resumed between the list and its change no longer meets the criterion. */
    @Test
    @Tag("R12.3")
    void decidesOnTheTokenAsItIsThen() {
        activateAll(2);
        assertAccepted(desk.suspend(holder(0), SuspensionReason.LOST, "phoned in"));
        assertAccepted(desk.suspend(holder(1), SuspensionReason.LOST, "phoned in"));
        clock.advance(Duration.ofDays(30));
        BulkJob job = job(Selection.suspendedBefore(clock.instant()), BulkAction.revoke());
        List<BulkItem> seen = new ArrayList<>();
        BulkResult rehearsed = job.dryRun(item -> {
            if (seen.isEmpty()) {
                assertAccepted(desk.resume(holder(1), "found it"));
            }
            seen.add(item);
        });

        assertEquals(BulkResult.of(1, 1, List.of()), rehearsed);
        assertEquals(List.of(BulkItem.of(holder(0), serial(0))), seen);
        assertEquals(BulkResult.of(1, 0, List.of()), run(job));
        assertEquals(RegistrationStatus.UNREGISTERED, status(holder(0)));
        assertEquals(RegistrationStatus.ACTIVE, status(holder(1)));
    }

    @Test
    @Tag("R12.3")
    @Tag("R6.2")
    void revokesExpiredTokensSoThatTheirSecretsAreDeleted() {
        FakeAuthenticator old = activateHardware(TARO, SERIAL);
        clock.advance(Duration.ofDays(100));
        activateHardware(HANAKO, SERIAL_2);
        clock.advance(Duration.ofDays(200));
        assertAccepted(tokens.renewHardware(TARO, code(old.code())));
        clock.advance(Duration.ofDays(65));
        BulkJob job = job(Selection.expiringBefore(clock.instant()), BulkAction.revoke());

        assertEquals(BulkResult.of(1, 0, List.of()), run(job));

        assertEquals(RegistrationStatus.UNREGISTERED, status(TARO));
        assertNull(tokens.registration(TARO).pending());
        assertNull(requireNonNull(store.find(TestInstitution.SERVICE_ID, TARO)
                        .orElseThrow()
                        .token())
                .secret());
        assertEquals(RegistrationStatus.ACTIVE, status(HANAKO));
    }

    /** A token that is used between the list and its change stays. */
    @Test
    @Tag("R12.3")
    void suspendsTokensThatAreUnusedSinceADay() {
        activateHardware(TARO, SERIAL);
        FakeAuthenticator used = activateHardware(HANAKO, SERIAL_2);
        LocalDate day = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(1);
        clock.advance(Duration.ofDays(40));
        BulkJob job = job(Selection.unusedSince(day), BulkAction.suspend(SuspensionReason.OTHER));
        List<BulkItem> unused = new ArrayList<>();

        assertEquals(BulkResult.of(2, 0, List.of()), dryRun(job, unused));
        assertEquals(2, unused.size());
        BulkResult seen = job.dryRun(item -> {
            if (TARO.equals(item.holder())) {
                assertAccepted(login(HANAKO, used.code()));
            }
        });
        assertEquals(BulkResult.of(1, 1, List.of()), seen);
        assertEquals(BulkResult.of(1, 0, List.of()), run(job));
        assertEquals(RegistrationStatus.SUSPENDED, status(TARO));
        assertEquals(RegistrationStatus.ACTIVE, status(HANAKO));
    }

    @Test
    @Tag("R12.3")
    @Tag("R4.8")
    void recordsWhatIsOverdue() {
        assertAccepted(tokens.orderHardware(TARO, Confirmation.NONE));
        issue(HANAKO);
        clock.advance(Duration.ofDays(500));
        issue(holder(1));
        BulkJob job = job(Selection.overdue(), BulkAction.lapse());
        List<BulkItem> overdue = new ArrayList<>();

        assertEquals(BulkResult.of(2, 0, List.of()), dryRun(job, overdue));
        assertTrue(overdue.contains(BulkItem.of(TARO, null)), overdue::toString);
        assertEquals(BulkResult.of(2, 0, List.of()), run(job));
        for (Holder holder : List.of(TARO, HANAKO)) {
            assertEquals(EventType.LAPSED, history(holder).get(history(holder).size() - 1));
        }
        assertEquals(RegistrationStatus.ISSUED, status(holder(1)));
        assertEquals(BulkResult.of(0, 0, List.of()), run(job));
    }

    @Test
    @Tag("R5.5")
    @Tag("R5.4")
    void withdrawsATokenFromTheStockForGood() {
        stock(SERIAL);
        assertAccepted(tokens.orderHardware(TARO, Confirmation.NONE));

        assertEquals(StockState.WITHDRAWN, desk.withdraw(SERIAL.value(), WORDS).orElseThrow());

        assertEquals(StockState.WITHDRAWN, bank.stock().state(SERIAL.value()).orElseThrow());
        assertRefused(Refusal.NOT_IN_STOCK, desk.assign(TARO, SERIAL.value()));
        assertRefused(Refusal.NOT_IN_STOCK, desk.withdraw(SERIAL.value(), WORDS));
        assertRefused(Refusal.NOT_IN_STOCK, desk.withdraw("99999999", WORDS));
        assertMalformed(Set.of(Field.SERIAL_NUMBER, Field.REASON), desk.withdraw(null, " "));
        var listed = bank.lists().stock(StockState.WITHDRAWN, null, 10);
        assertEquals(1, listed.size());
        assertEquals(OPERATOR, requireNonNull(listed.get(0).withdrawal()).operator());
        assertEquals(WORDS, requireNonNull(listed.get(0).withdrawal()).reason());
    }

    @Test
    @Tag("R5.5")
    @Tag("R12.3")
    void withdrawsABatchAndLeavesTheTokensOfHolders() {
        activateAll(1);
        stock(serial(1));
        stock(serial(2));
        BulkJob job = job(Selection.ofSerials(serial(0), serial(1)), BulkAction.withdraw());

        assertEquals(BulkResult.of(1, 0, List.of()), run(job));

        assertEquals(RegistrationStatus.ACTIVE, status(holder(0)));
        assertEquals(StockState.WITHDRAWN, bank.stock().state(serial(1).value()).orElseThrow());
        assertEquals(StockState.AVAILABLE, bank.stock().state(serial(2).value()).orElseThrow());
        assertEquals(
                BulkResult.of(1, 0, List.of()),
                run(job(Selection.ofBatch(new BatchId("of-" + serial(2))), BulkAction.withdraw())));
    }

    @Test
    @Tag("R12.3")
    void refusesWhatDoesNotFitTogether() {
        assertMalformed(Set.of(Field.REASON), desk.bulk(Selection.overdue(), BulkAction.lapse(), null));
        for (Selection selection : List.of(
                Selection.overdue(),
                Selection.expiringBefore(clock.instant()),
                Selection.suspendedBefore(clock.instant()),
                Selection.unusedSince(LocalDate.of(2026, 11, 1)))) {
            assertThrows(IllegalArgumentException.class, () -> desk.bulk(selection, BulkAction.withdraw(), WORDS));
        }
        assertThrows(IllegalArgumentException.class, () -> desk.bulk(Selection.overdue(), BulkAction.revoke(), WORDS));
        assertThrows(
                IllegalArgumentException.class,
                () -> desk.bulk(Selection.ofBatch(new BatchId("b")), BulkAction.lapse(), WORDS));
        assertThrows(IllegalArgumentException.class, () -> Selection.ofSerials(serial(1), serial(0)));
        assertThrows(IllegalArgumentException.class, () -> BulkAction.suspend(SuspensionReason.FRAUD_SUSPECTED));
    }
}
