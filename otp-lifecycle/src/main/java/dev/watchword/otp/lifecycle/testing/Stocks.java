package dev.watchword.otp.lifecycle.testing;

import static dev.watchword.otp.lifecycle.testing.Scene.HANAKO;
import static dev.watchword.otp.lifecycle.testing.Scene.SERIAL_1;
import static dev.watchword.otp.lifecycle.testing.Scene.SERIAL_2;
import static dev.watchword.otp.lifecycle.testing.Scene.TARO;
import static dev.watchword.otp.lifecycle.testing.Scene.USER_1;
import static dev.watchword.otp.lifecycle.testing.Scene.USER_2;
import static dev.watchword.otp.lifecycle.testing.Scene.expect;
import static dev.watchword.otp.lifecycle.testing.Scene.fob;
import static dev.watchword.otp.lifecycle.testing.Scene.sent;
import static dev.watchword.otp.lifecycle.testing.Scene.token;

import dev.watchword.otp.lifecycle.BatchId;
import dev.watchword.otp.lifecycle.Enrolment;
import dev.watchword.otp.lifecycle.Holder;
import dev.watchword.otp.lifecycle.Order;
import dev.watchword.otp.lifecycle.OrderState;
import dev.watchword.otp.lifecycle.SerialNumber;
import dev.watchword.otp.lifecycle.StockState;
import dev.watchword.otp.lifecycle.Token;
import dev.watchword.otp.lifecycle.TokenState;
import dev.watchword.otp.lifecycle.Waiting;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import dev.watchword.otp.lifecycle.spi.StockedFob;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Fobs come in batches, are in stock, and are given out once. */
final class Stocks {
    private static final BatchId BATCH_1 = new BatchId("delivery-1");
    private static final BatchId BATCH_2 = new BatchId("Delivery-1");

    private Stocks() {}

    private static Optional<StockState> state(Scene scene, SerialNumber serial) {
        return scene.stock.state(scene.serviceId, serial);
    }

    private static Set<SerialNumber> stage(Scene scene, BatchId batch, StockedFob... fobs) {
        return scene.stock.stage(scene.serviceId, batch, List.of(fobs));
    }

    private static Waiting waitingFor(StockedFob fob) {
        return new Waiting(new Order(OrderState.ASSIGNED, Scene.NOW, Scene.NOW, null), sent(fob), fob.expiresAt());
    }

    private static void expectInStock(Scene scene, StockedFob fob) {
        expect("what is in stock", scene.store.findInStock(scene.serviceId, fob.serial()), Optional.of(fob));
    }

    private static void expectNotInStock(Scene scene, SerialNumber serial) {
        expect("what is in stock", scene.store.findInStock(scene.serviceId, serial), Optional.empty());
    }

    static void stagedIsNotInStock(Scene scene) {
        expectNotInStock(scene, SERIAL_1);
        expect("the state", state(scene, SERIAL_1), Optional.empty());
        expect("what is taken", stage(scene, BATCH_1, fob(SERIAL_1)), Set.of());

        expectNotInStock(scene, SERIAL_1);
        expect("the state", state(scene, SERIAL_1), Optional.of(StockState.STAGED));
        scene.expect(scene.waiting(scene.none(TARO), waitingFor(fob(SERIAL_1))), CommitResult.NOT_IN_STOCK);
    }

    static void batchesArePublishedWhole(Scene scene) {
        List<StockedFob> fobs = Shapes.fobs();
        for (StockedFob each : fobs) {
            stage(scene, BATCH_1, each);
        }
        stage(scene, BATCH_2, fob(SERIAL_1));
        expectPublished(scene, BATCH_1, fobs.size() + 1, false);
        expectPublished(scene, BATCH_1, fobs.size() - 1, false);
        expectNotInStock(scene, fobs.get(0).serial());
        expectPublished(scene, BATCH_1, fobs.size(), true);

        fobs.forEach(each -> expectInStock(scene, each));
        expectNotInStock(scene, SERIAL_1);
        expectPublished(scene, BATCH_1, fobs.size(), true);
        expectPublished(scene, new BatchId("delivery-3"), 1, false);
    }

    private static void expectPublished(Scene scene, BatchId batch, int size, boolean expected) {
        expect("that it is published", scene.stock.publish(scene.serviceId, batch, size), expected);
    }

    static void givenOutOnce(Scene scene) {
        scene.stock(fob(SERIAL_1));
        Enrolment ordered = scene.commit(scene.waiting(scene.none(TARO), waitingFor(fob(SERIAL_1))));
        expectNotInStock(scene, SERIAL_1);
        expect("the state", state(scene, SERIAL_1), Optional.of(StockState.ASSIGNED));
        EnrolmentChange again = scene.waiting(
                Scene.after(
                        scene.none(HANAKO),
                        USER_2,
                        null,
                        null,
                        null,
                        scene.none(HANAKO).factors(),
                        1),
                waitingFor(fob(SERIAL_1)));
        scene.commit(Scene.change(scene.none(HANAKO), again.before()));
        scene.expect(again, CommitResult.NOT_IN_STOCK);

        Enrolment ended = scene.commit(scene.waiting(ordered, null, Scene.revoked(sent(fob(SERIAL_1)))));
        scene.expect(scene.waiting(ended, waitingFor(fob(SERIAL_1))), CommitResult.NOT_IN_STOCK);
        expect("the state", state(scene, SERIAL_1), Optional.of(StockState.ASSIGNED));
        expect("what is taken", stage(scene, BATCH_2, fob(SERIAL_1)), Set.of(SERIAL_1));
    }

    static void staleTakesNothing(Scene scene) {
        scene.stock(fob(SERIAL_2));
        Enrolment first = scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        scene.commit(scene.next(first, token(SERIAL_1), 1));

        scene.expect(scene.waiting(first, waitingFor(fob(SERIAL_2))), CommitResult.STALE);
        expectInStock(scene, fob(SERIAL_2));
    }

    static void serialsAreOfOneTokenOrFob(Scene scene) {
        SerialNumber third = Shapes.serial(3);
        scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        stage(scene, BATCH_1, fob(SERIAL_2));

        expect(
                "what is taken",
                stage(scene, BATCH_2, fob(SERIAL_1), fob(SERIAL_2), fob(third)),
                Set.of(SERIAL_1, SERIAL_2));
        expect("the state", state(scene, third), Optional.of(StockState.STAGED));
        expectPublished(scene, BATCH_2, 1, true);
        expectNotInStock(scene, SERIAL_2);
        scene.expect(scene.first(HANAKO, USER_2, token(SERIAL_2)), CommitResult.SERIAL_TAKEN);
        scene.expect(scene.first(HANAKO, USER_2, token(third)), CommitResult.SERIAL_TAKEN);
    }

    static void takenOver(Scene scene) {
        Token taken = used(fob(SERIAL_1));
        scene.stock(fob(SERIAL_2));
        Enrolment enrolment = scene.commit(scene.first(TARO, USER_1, taken));

        expect("the enrolment", scene.stored(TARO), enrolment);
        expect("the state in the stock", state(scene, SERIAL_1), Optional.empty());
        scene.expect(scene.first(HANAKO, USER_2, taken), CommitResult.SERIAL_TAKEN);
        scene.expect(scene.first(HANAKO, USER_2, used(fob(SERIAL_2))), CommitResult.SERIAL_TAKEN);
        expect("what is taken", stage(scene, BATCH_1, fob(SERIAL_1)), Set.of(SERIAL_1));
        expectInStock(scene, fob(SERIAL_2));
    }

    private static Token used(StockedFob fob) {
        Token sent = sent(fob);
        return new Token(
                sent.serial(),
                sent.kind(),
                sent.profile(),
                TokenState.ACTIVE,
                sent.secret(),
                sent.issuedAt(),
                sent.issuedAt(),
                null,
                sent.expiresAt(),
                sent.codes(),
                sent.failures(),
                null,
                null);
    }

    static void takenIsKnown(Scene scene) {
        SerialNumber third = Shapes.serial(3);
        scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        stage(scene, BATCH_1, fob(SERIAL_2));

        expect("whether a token's is taken", scene.store.isTaken(scene.serviceId, SERIAL_1), true);
        expect("whether a fob's is taken", scene.store.isTaken(scene.serviceId, SERIAL_2), true);
        expect("whether a free one is taken", scene.store.isTaken(scene.serviceId, third), false);
        expect("whether it is taken elsewhere", scene.store.isTaken(scene.other().serviceId, SERIAL_1), false);
    }

    static void stagedAgainIsStagedOnce(Scene scene) {
        stage(scene, BATCH_1, fob(SERIAL_1));
        expect("what is taken", stage(scene, BATCH_1, fob(SERIAL_1), fob(SERIAL_2)), Set.of(SERIAL_1));
        expectPublished(scene, BATCH_1, 2, true);
    }

    static void discardedIsFree(Scene scene) {
        stage(scene, BATCH_1, fob(SERIAL_1));
        stage(scene, BATCH_2, fob(SERIAL_2));
        scene.stock.discard(scene.serviceId, BATCH_1);
        scene.stock.discard(scene.serviceId, BATCH_1);

        expect("the state", state(scene, SERIAL_1), Optional.empty());
        expect("the state of another", state(scene, SERIAL_2), Optional.of(StockState.STAGED));
        expectPublished(scene, BATCH_1, 1, false);
        expect("what is taken", stage(scene, BATCH_2, fob(SERIAL_1)), Set.of());
        scene.commit(scene.first(TARO, USER_1, token(Shapes.serial(3))));
    }

    static void publishedStays(Scene scene) {
        scene.stock(fob(SERIAL_1));
        BatchId published = new BatchId("of-" + SERIAL_1);

        expectIllegal(() -> stage(scene, published, fob(SERIAL_2)));
        expectIllegal(() -> {
            scene.stock.discard(scene.serviceId, published);
            return published;
        });
        expectInStock(scene, fob(SERIAL_1));
        expectNotInStock(scene, SERIAL_2);
    }

    private static void expectIllegal(Supplier<?> call) {
        Object result;
        try {
            result = call.get();
        } catch (IllegalStateException expected) {
            return;
        }
        throw new AssertionError("A published batch must not change, but the answer is " + result);
    }

    static void stocksAreApart(Scene scene) {
        Scene other = scene.other();
        scene.stock(fob(SERIAL_1));

        expectNotInStock(other, SERIAL_1);
        expect("the state there", state(other, SERIAL_1), Optional.empty());
        other.expect(other.waiting(other.none(TARO), waitingFor(fob(SERIAL_1))), CommitResult.NOT_IN_STOCK);
        other.stock(fob(SERIAL_1));
        other.commit(other.waiting(other.none(TARO), waitingFor(fob(SERIAL_1))));
        expectInStock(scene, fob(SERIAL_1));
    }

    static void oneFobOfMany(Scene scene) {
        for (int round = 0; round < 10; round++) {
            StockedFob wanted = fob(Shapes.serial(round));
            scene.stock(wanted);
            int base = round * ManyAtOnce.THREADS;
            Winners winners = Winners.of(scene, ManyAtOnce.THREADS, i -> {
                Enrolment none = scene.none(new Holder("holder-" + (base + i)));
                return Scene.change(
                        none,
                        Scene.after(none, Shapes.userId(base + i), null, waitingFor(wanted), null, none.factors(), 1));
            });

            winners.expectOneAnd(CommitResult.NOT_IN_STOCK);
            expect("the state", state(scene, wanted.serial()), Optional.of(StockState.ASSIGNED));
        }
    }

    static void manyStageAtOnce(Scene scene) {
        int fobs = 20;
        try (Crowd crowd = new Crowd(ManyAtOnce.THREADS)) {
            List<Integer> staged = crowd.atOnce(i -> {
                StockedFob[] all = IntStream.range(0, fobs)
                        .mapToObj(k -> fob(Shapes.serial(k)))
                        .toArray(StockedFob[]::new);
                return fobs - stage(scene, new BatchId("delivery-" + i), all).size();
            });
            expect(
                    "how many were staged",
                    staged.stream().mapToInt(Integer::intValue).sum(),
                    fobs);
        }
    }
}
