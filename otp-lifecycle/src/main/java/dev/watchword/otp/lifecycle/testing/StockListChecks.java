package dev.watchword.otp.lifecycle.testing;

import static dev.watchword.otp.lifecycle.testing.ListChecks.commit;
import static dev.watchword.otp.lifecycle.testing.ListChecks.expectPages;
import static dev.watchword.otp.lifecycle.testing.Scene.NOW;
import static dev.watchword.otp.lifecycle.testing.Scene.expect;
import static dev.watchword.otp.lifecycle.testing.Scene.sent;
import static dev.watchword.otp.lifecycle.testing.Scene.stocked;
import static java.util.Comparator.comparing;

import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.ListedStock;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Order;
import dev.watchword.otp.lifecycle.model.OrderState;
import dev.watchword.otp.lifecycle.model.Pending;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.SigningKey;
import dev.watchword.otp.lifecycle.model.StockState;
import dev.watchword.otp.lifecycle.model.StockedToken;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.model.Withdrawal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Checks of the lists of hardware tokens. */
final class StockListChecks {
    private static final Instant LATER = NOW.plusSeconds(60);
    private static final BatchId BATCH_1 = new BatchId("delivery-1");
    private static final BatchId BATCH_2 = new BatchId("delivery-2");
    private static final BatchId BATCH_3 = new BatchId("Delivery-3");

    private static final Withdrawal WITHDRAWAL = Withdrawal.of(NOW, new Operator("stock-3"), "lost in shipment");

    private StockListChecks() {}

    /** Stages three batches of four tokens and publishes two of them. A token of each of these is assigned. */
    private static void deliver(Scene scene) {
        for (BatchId batch : List.of(BATCH_2, BATCH_3, BATCH_1)) {
            List<StockedToken> tokens = IntStream.range(0, 4)
                    .mapToObj(i -> stocked(serial(batch, i)).toBuilder()
                            .batch(batch)
                            .signing(signing(i))
                            .build())
                    .toList();
            if (batch.equals(BATCH_3)) {
                scene.stage(batch, tokens);
            } else {
                scene.stock(batch, tokens);
            }
        }
        for (BatchId batch : List.of(BATCH_1, BATCH_2)) {
            Order assigned = Order.builder()
                    .state(OrderState.ASSIGNED)
                    .placedAt(NOW)
                    .assignedAt(NOW)
                    .build();
            Token token = sent(stocked(serial(batch, 2)));
            commit(
                    scene,
                    number(batch),
                    null,
                    Pending.builder()
                            .order(assigned)
                            .token(token)
                            .lapsesAt(LATER)
                            .build());
        }
        commit(scene, 9, Scene.token(ShapeChecks.serial(90)), null);
    }

    /** Returns a signing key for the first token of a batch only. */
    private static @Nullable SigningKey signing(int i) {
        return i == 0 ? SigningShapes.stocked(1) : null;
    }

    private static void withdraw(Scene scene, SerialNumber serial) {
        expect("the result of withdraw", scene.stockStore().withdraw(scene.serviceId, serial, WITHDRAWAL), true);
    }

    static void stockIsListedByBatchAndSerial(Scene scene) {
        deliver(scene);
        withdraw(scene, serial(BATCH_1, 1));
        ListedStock withdrawn = ListedStock.withdrawn(serial(BATCH_1, 1), BATCH_1, WITHDRAWAL);
        ListedStock assigned = ListedStock.of(serial(BATCH_1, 2), BATCH_1, new Holder("holder-1"));

        expectOfBatch(scene, BATCH_1, StockState.AVAILABLE, listed(BATCH_1, 0, 3));
        expectOfBatch(scene, BATCH_1, StockState.ASSIGNED, List.of(assigned));
        expectOfBatch(scene, BATCH_1, StockState.WITHDRAWN, List.of(withdrawn));
        for (StockState state : StockState.values()) {
            expectOfBatch(scene, BATCH_3, state, List.of());
            expectOfBatch(scene.other(), BATCH_1, state, List.of());
        }
        List<ListedStock> all = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            all.add(i == 1 ? withdrawn : i == 2 ? assigned : listed(BATCH_1, i).get(0));
            all.add(
                    i == 2
                            ? ListedStock.of(serial(BATCH_2, 2), BATCH_2, new Holder("holder-2"))
                            : listed(BATCH_2, i).get(0));
        }
        all.sort(comparing(entry -> entry.serial().value()));
        expectInRange(scene, serial(BATCH_1, 1), serial(BATCH_2, 3), all);
        expectInRange(scene, serial(BATCH_1, 2), serial(BATCH_1, 2), List.of(assigned));
        expectInRange(scene.other(), serial(BATCH_1, 0), serial(BATCH_2, 3), List.of());
    }

    private static void expectOfBatch(Scene scene, BatchId batch, StockState state, List<ListedStock> expected) {
        expectPages(
                "what is " + state + " of " + batch,
                expected,
                (after, limit) -> scene.lists()
                        .stockOfBatch(scene.serviceId, batch, state, after == null ? null : after.serial(), limit));
    }

    private static void expectInRange(Scene scene, SerialNumber first, SerialNumber last, List<ListedStock> expected) {
        expectPages(
                "the stock from " + first + " to " + last,
                expected,
                (after, limit) -> scene.lists()
                        .stockInRange(scene.serviceId, first, last, after == null ? null : after.serial(), limit));
    }

    static void stockIsListed(Scene scene) {
        deliver(scene);
        expectStock(scene, StockState.WITHDRAWN, List.of());
        expectStock(scene, StockState.STAGED, listed(BATCH_3, 0, 1, 2, 3));
        List<ListedStock> available = new ArrayList<>(listed(BATCH_1, 0, 1, 3));
        available.addAll(listed(BATCH_2, 0, 1, 3));
        expectStock(scene, StockState.AVAILABLE, available);
        expectStock(
                scene,
                StockState.ASSIGNED,
                List.of(
                        ListedStock.of(serial(BATCH_1, 2), BATCH_1, new Holder("holder-1")),
                        ListedStock.of(serial(BATCH_2, 2), BATCH_2, new Holder("holder-2"))));
        expectStock(scene.other(), StockState.AVAILABLE, List.of());

        withdraw(scene, serial(BATCH_2, 1));
        available.removeAll(listed(BATCH_2, 1));
        expectStock(scene, StockState.AVAILABLE, available);
        expectStock(
                scene, StockState.WITHDRAWN, List.of(ListedStock.withdrawn(serial(BATCH_2, 1), BATCH_2, WITHDRAWAL)));
    }

    private static int number(BatchId batch) {
        return batch.value().charAt(batch.value().length() - 1) - '0';
    }

    private static SerialNumber serial(BatchId batch, int i) {
        return ShapeChecks.serial(number(batch) + 10 * i);
    }

    private static List<ListedStock> listed(BatchId batch, int... numbers) {
        return IntStream.of(numbers)
                .mapToObj(i -> ListedStock.inStock(
                        serial(batch, i), batch, stocked(serial(batch, i)).expiresAt(), signing(i) != null))
                .toList();
    }

    private static void expectStock(Scene scene, StockState state, List<ListedStock> expected) {
        expectPages(
                "what is " + state + "",
                expected,
                (after, limit) -> scene.lists().stock(scene.serviceId, state, after, limit));
    }
}
