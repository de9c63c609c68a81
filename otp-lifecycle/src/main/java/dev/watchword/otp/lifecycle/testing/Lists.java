package dev.watchword.otp.lifecycle.testing;

import static dev.watchword.otp.lifecycle.testing.Scene.NOW;
import static dev.watchword.otp.lifecycle.testing.Scene.expect;
import static dev.watchword.otp.lifecycle.testing.Scene.fob;
import static dev.watchword.otp.lifecycle.testing.Scene.sent;
import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.BatchId;
import dev.watchword.otp.lifecycle.Enrolment;
import dev.watchword.otp.lifecycle.Holder;
import dev.watchword.otp.lifecycle.ListedFob;
import dev.watchword.otp.lifecycle.ListedToken;
import dev.watchword.otp.lifecycle.ListedWaiting;
import dev.watchword.otp.lifecycle.MailAddress;
import dev.watchword.otp.lifecycle.Operator;
import dev.watchword.otp.lifecycle.Order;
import dev.watchword.otp.lifecycle.OrderState;
import dev.watchword.otp.lifecycle.SerialNumber;
import dev.watchword.otp.lifecycle.StockState;
import dev.watchword.otp.lifecycle.Suspension;
import dev.watchword.otp.lifecycle.SuspensionReason;
import dev.watchword.otp.lifecycle.Token;
import dev.watchword.otp.lifecycle.Waiting;
import dev.watchword.otp.lifecycle.spi.StockedFob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Lists have what belongs in them, in order, and their pages leave nothing out. */
final class Lists {
    private static final Instant LATER = NOW.plusSeconds(60);
    private static final BatchId BATCH_1 = new BatchId("delivery-1");
    private static final BatchId BATCH_2 = new BatchId("delivery-2");
    private static final BatchId BATCH_3 = new BatchId("Delivery-3");

    private Lists() {}

    /** Three holders of every instant, whose serial numbers run against the holders. */
    static void expiring(Scene scene) {
        List<ListedToken> all = new ArrayList<>();
        List<Instant> instants = List.of(NOW.minusNanos(1_000), NOW, NOW.plusNanos(1_000), LATER.minusNanos(1_000));
        for (int i = 0; i < 12; i++) {
            Token token = expiring(i, instants.get(i / 3));
            Enrolment enrolment = commit(scene, 50 - i, token, null);
            all.add(ListedToken.of(enrolment, token));
        }
        Enrolment late = commit(scene, 60, expiring(20, LATER), null);
        Token ended = expiring(21, NOW);
        Enrolment over = commit(scene, 61, ended, null);
        scene.commit(scene.next(over, Scene.revoked(ended), 1));
        commit(scene.other(), 62, expiring(22, NOW), null);

        List<ListedToken> expected = all.subList(3, 12);
        expectPages(
                "what expires",
                expected,
                (after, limit) -> scene.lists.expiring(scene.serviceId, NOW, LATER, after, limit));
        expect("what expires in no time", scene.lists.expiring(scene.serviceId, NOW, NOW, null, 5), List.of());
        Instant justAfter = NOW.plusNanos(1);
        expect(
                "what expires in a nanosecond",
                scene.lists.expiring(scene.serviceId, NOW, justAfter, null, 5),
                all.subList(3, 6));
        expect(
                "what expires after a nanosecond",
                scene.lists.expiring(scene.serviceId, justAfter, LATER, null, 10),
                all.subList(6, 12));
        Token atTheEnd = expiring(23, Instant.parse("9999-12-31T23:59:59.999999Z"));
        all.add(ListedToken.of(late, requireNonNull(late.token())));
        all.add(ListedToken.of(commit(scene, 63, atTheEnd, null), atTheEnd));
        expectPages(
                "what ever expires",
                all,
                (after, limit) -> scene.lists.expiring(scene.serviceId, Instant.MIN, Instant.MAX, after, limit));
    }

    private static Token expiring(int i, Instant at) {
        return Shapes.with(Scene.token(Shapes.serial(i)), at, null);
    }

    private static Enrolment commit(Scene scene, int i, @Nullable Token token, @Nullable Waiting waiting) {
        Enrolment before = scene.none(new Holder("holder-" + i));
        MailAddress address = i % 2 == 0 ? null : new MailAddress("holder-" + i + "@bank.example");
        Enrolment after = Scene.after(before, Shapes.userId(i), token, waiting, address, before.factors(), 1);
        return scene.commit(Scene.change(before, after));
    }

    static void suspended(Scene scene) {
        List<ListedToken> expected = new ArrayList<>();
        List<SuspensionReason> reasons = List.of(SuspensionReason.values());
        for (int i = 0; i < 6; i++) {
            Operator operator = i % 2 == 0 ? new Operator("窓口") : null;
            Instant since = NOW.plusSeconds(i / 3);
            Suspension suspension = new Suspension(reasons.get(i % reasons.size()), since, operator);
            Token used = Shapes.with(Scene.token(Shapes.serial(2 * i)), LATER, suspension);
            Token issued = Shapes.with(Scene.issued(Shapes.serial(2 * i + 1)), LATER, suspension);
            Enrolment enrolment = commit(scene, 50 - i, used, new Waiting(null, issued, LATER));
            expected.add(ListedToken.of(enrolment, used));
            expected.add(ListedToken.of(enrolment, issued));
        }
        commit(scene, 60, Scene.token(Shapes.serial(60)), null);
        Suspension suspension = new Suspension(SuspensionReason.LOST, NOW, null);
        commit(scene.other(), 61, Shapes.with(Scene.token(Shapes.serial(61)), LATER, suspension), null);

        expectPages(
                "what is suspended", expected, (after, limit) -> scene.lists.suspended(scene.serviceId, after, limit));
    }

    static void waiting(Scene scene) {
        List<ListedWaiting> expected = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            StockedFob fob = fob(Shapes.serial(i));
            Instant lapsesAt = NOW.plusSeconds(i / 3);
            Waiting waiting = switch (i % 3) {
                case 0 -> new Waiting(new Order(OrderState.PLACED, NOW, null, null), null, lapsesAt);
                case 1 -> new Waiting(new Order(OrderState.SENT, NOW, NOW, LATER), sent(fob), lapsesAt);
                default -> new Waiting(null, Scene.issued(fob.serial()), lapsesAt);
            };
            if (i % 3 == 1) {
                scene.stock(fob);
            }
            expected.add(ListedWaiting.of(commit(scene, 50 + i, null, waiting)));
        }
        commit(scene, 70, null, new Waiting(null, Scene.issued(Shapes.serial(70)), LATER));
        commit(scene, 71, null, new Waiting(null, Scene.issued(Shapes.serial(71)), NOW.minusNanos(1_000)));
        commit(scene, 72, Scene.token(Shapes.serial(72)), null);
        commit(scene.other(), 73, null, new Waiting(null, Scene.issued(Shapes.serial(73)), NOW));

        expectPages(
                "what waits",
                expected,
                (after, limit) -> scene.lists.waiting(scene.serviceId, NOW, LATER, after, limit));
    }

    /** Two batches are published, and a fob of each is assigned; the third is staged. */
    static void fobs(Scene scene) {
        for (BatchId batch : List.of(BATCH_2, BATCH_3, BATCH_1)) {
            List<StockedFob> fobs =
                    IntStream.range(0, 4).mapToObj(i -> fob(serial(batch, i))).toList();
            scene.stock.stage(scene.serviceId, batch, fobs);
        }
        for (BatchId batch : List.of(BATCH_1, BATCH_2)) {
            expect("that the batch is published", scene.stock.publish(scene.serviceId, batch, 4), true);
            Order assigned = new Order(OrderState.ASSIGNED, NOW, NOW, null);
            Token token = sent(fob(serial(batch, 2)));
            commit(scene, number(batch), null, new Waiting(assigned, token, LATER));
        }
        commit(scene, 9, Scene.token(Shapes.serial(90)), null);

        expectFobs(scene, StockState.STAGED, listed(BATCH_3, 0, 1, 2, 3));
        List<ListedFob> available = new ArrayList<>(listed(BATCH_1, 0, 1, 3));
        available.addAll(listed(BATCH_2, 0, 1, 3));
        expectFobs(scene, StockState.AVAILABLE, available);
        expectFobs(
                scene,
                StockState.ASSIGNED,
                List.of(
                        new ListedFob(serial(BATCH_1, 2), BATCH_1, new Holder("holder-1")),
                        new ListedFob(serial(BATCH_2, 2), BATCH_2, new Holder("holder-2"))));
        expectFobs(scene.other(), StockState.AVAILABLE, List.of());
    }

    private static int number(BatchId batch) {
        return batch.name().charAt(batch.name().length() - 1) - '0';
    }

    private static SerialNumber serial(BatchId batch, int i) {
        return Shapes.serial(number(batch) + 10 * i);
    }

    private static List<ListedFob> listed(BatchId batch, int... fobs) {
        return IntStream.of(fobs)
                .mapToObj(i -> new ListedFob(serial(batch, i), batch, null))
                .toList();
    }

    private static void expectFobs(Scene scene, StockState state, List<ListedFob> expected) {
        expectPages(
                "what is " + state + "",
                expected,
                (after, limit) -> scene.lists.fobs(scene.serviceId, state, after, limit));
    }

    private interface Paged<T> {
        List<T> page(@Nullable T after, int limit);
    }

    /** A list is the same whatever the size of its pages. */
    private static <T> void expectPages(String what, List<T> expected, Paged<T> list) {
        for (int limit : new int[] {1, 2, 4, 5, 100}) {
            List<T> all = new ArrayList<>();
            List<T> page = list.page(null, limit);
            while (!page.isEmpty() && all.size() < 100) {
                all.addAll(page);
                page = list.page(page.get(page.size() - 1), limit);
            }
            expect(what + ", by " + limit, all, expected);
        }
    }
}
