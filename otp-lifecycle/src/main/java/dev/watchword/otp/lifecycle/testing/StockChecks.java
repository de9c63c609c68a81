package dev.watchword.otp.lifecycle.testing;

import static dev.watchword.otp.lifecycle.testing.Scene.HANAKO;
import static dev.watchword.otp.lifecycle.testing.Scene.SERIAL_1;
import static dev.watchword.otp.lifecycle.testing.Scene.SERIAL_2;
import static dev.watchword.otp.lifecycle.testing.Scene.TARO;
import static dev.watchword.otp.lifecycle.testing.Scene.USER_1;
import static dev.watchword.otp.lifecycle.testing.Scene.USER_2;
import static dev.watchword.otp.lifecycle.testing.Scene.expect;
import static dev.watchword.otp.lifecycle.testing.Scene.sent;
import static dev.watchword.otp.lifecycle.testing.Scene.stocked;
import static dev.watchword.otp.lifecycle.testing.Scene.token;

import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.LostRaceException;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Order;
import dev.watchword.otp.lifecycle.model.OrderState;
import dev.watchword.otp.lifecycle.model.Pending;
import dev.watchword.otp.lifecycle.model.SealedSecret;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.StockState;
import dev.watchword.otp.lifecycle.model.StockedToken;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.model.TokenState;
import dev.watchword.otp.lifecycle.model.Withdrawal;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Checks of hardware tokens in batches, in stock and on assignment. */
final class StockChecks {
    private static final BatchId BATCH_1 = new BatchId("delivery-1");
    private static final BatchId BATCH_2 = new BatchId("Delivery-1");
    private static final UUID IMPORT = new UUID(1, 1);
    private static final UUID OTHER = new UUID(2, 2);

    private StockChecks() {}

    private static Optional<StockState> state(Scene scene, SerialNumber serial) {
        return scene.stockStore().state(scene.serviceId, serial);
    }

    private static boolean begin(Scene scene, BatchId batch, UUID importId) {
        return scene.stockStore().begin(scene.serviceId, batch, importId);
    }

    /** Begins a batch and stages tokens. */
    private static Set<SerialNumber> stage(Scene scene, BatchId batch, StockedToken... tokens) {
        expect("the result of begin", begin(scene, batch, IMPORT), true);
        return stageMore(scene, batch, IMPORT, tokens);
    }

    private static Set<SerialNumber> stageMore(Scene scene, BatchId batch, UUID importId, StockedToken... tokens) {
        List<StockedToken> all =
                Stream.of(tokens).map(token -> of(batch, token)).toList();
        return scene.stockStore().stage(scene.serviceId, batch, importId, all);
    }

    private static boolean publish(Scene scene, BatchId batch, UUID importId, int size) {
        return scene.stockStore().publish(scene.serviceId, batch, importId, size);
    }

    private static StockedToken of(BatchId batch, StockedToken token) {
        return token.toBuilder().batch(batch).build();
    }

    private static Pending waitingFor(StockedToken stocked) {
        return Pending.builder()
                .order(Order.builder()
                        .state(OrderState.ASSIGNED)
                        .placedAt(Scene.NOW)
                        .assignedAt(Scene.NOW)
                        .build())
                .token(sent(stocked))
                .lapsesAt(stocked.expiresAt())
                .build();
    }

    private static void expectInStock(Scene scene, StockedToken stocked) {
        expect("the token in stock", scene.stockStore().find(scene.serviceId, stocked.serial()), Optional.of(stocked));
    }

    private static void expectNotInStock(Scene scene, SerialNumber serial) {
        expect("the token in stock", scene.stockStore().find(scene.serviceId, serial), Optional.empty());
    }

    static void stagedIsNotInStock(Scene scene) {
        expectNotInStock(scene, SERIAL_1);
        expect("the state", state(scene, SERIAL_1), Optional.empty());
        expect("the taken serial numbers", stage(scene, BATCH_1, stocked(SERIAL_1)), Set.of());

        expectNotInStock(scene, SERIAL_1);
        expect("the state", state(scene, SERIAL_1), Optional.of(StockState.STAGED));
        scene.expect(scene.waiting(scene.none(TARO), waitingFor(stocked(SERIAL_1))), CommitResult.NOT_IN_STOCK);
    }

    static void batchesArePublishedWhole(Scene scene) {
        List<StockedToken> tokens = ShapeChecks.stockedTokens();
        expect("the result of begin", begin(scene, BATCH_1, IMPORT), true);
        for (StockedToken each : tokens) {
            expect("the taken serial numbers", stageMore(scene, BATCH_1, IMPORT, each), Set.of());
        }
        stage(scene, BATCH_2, stocked(SERIAL_1));
        expectPublished(scene, BATCH_1, tokens.size() + 1, false);
        expectPublished(scene, BATCH_1, tokens.size() - 1, false);
        expectNotInStock(scene, tokens.get(0).serial());
        expectPublished(scene, BATCH_1, tokens.size(), true);

        tokens.forEach(each -> expectInStock(scene, of(BATCH_1, each)));
        expectNotInStock(scene, SERIAL_1);
        expectPublished(scene, BATCH_1, tokens.size(), true);
    }

    private static void expectPublished(Scene scene, BatchId batch, int size, boolean expected) {
        expect("the result of publish", publish(scene, batch, IMPORT, size), expected);
    }

    static void givenOutOnce(Scene scene) {
        scene.stock(stocked(SERIAL_1));
        Enrolment ordered = scene.commit(scene.waiting(scene.none(TARO), waitingFor(stocked(SERIAL_1))));
        expectNotInStock(scene, SERIAL_1);
        expect("the state", state(scene, SERIAL_1), Optional.of(StockState.ASSIGNED));
        EnrolmentChange again = scene.waiting(
                Scene.after(
                        scene.none(HANAKO),
                        USER_2,
                        null,
                        null,
                        null,
                        scene.none(HANAKO).credentials(),
                        1),
                waitingFor(stocked(SERIAL_1)));
        scene.commit(Scene.change(scene.none(HANAKO), again.before()));
        scene.expect(again, CommitResult.NOT_IN_STOCK);

        Enrolment ended = scene.commit(scene.waiting(ordered, null, Scene.revoked(sent(stocked(SERIAL_1)))));
        scene.expect(scene.waiting(ended, waitingFor(stocked(SERIAL_1))), CommitResult.NOT_IN_STOCK);
        expect("the state", state(scene, SERIAL_1), Optional.of(StockState.ASSIGNED));
        expect("the taken serial numbers", stage(scene, BATCH_2, stocked(SERIAL_1)), Set.of(SERIAL_1));
    }

    static void reencryptedIsNotTaken(Scene scene) {
        scene.stock(stocked(SERIAL_1));
        StockedToken before = stocked(SERIAL_1).toBuilder()
                .secret(new SealedSecret("key-0", new byte[] {8, 8}))
                .build();

        scene.expect(scene.waiting(scene.none(TARO), waitingFor(before)), CommitResult.NOT_IN_STOCK);
        expectInStock(scene, stocked(SERIAL_1));
        scene.commit(scene.waiting(scene.none(TARO), waitingFor(stocked(SERIAL_1))));
    }

    static void staleTakesNothing(Scene scene) {
        scene.stock(stocked(SERIAL_2));
        Enrolment first = scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        scene.commit(scene.next(first, token(SERIAL_1), 1));

        scene.expect(scene.waiting(first, waitingFor(stocked(SERIAL_2))), CommitResult.STALE);
        expectInStock(scene, stocked(SERIAL_2));
    }

    static void serialsBelongToOneToken(Scene scene) {
        SerialNumber third = ShapeChecks.serial(3);
        scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        stage(scene, BATCH_1, stocked(SERIAL_2));

        expect(
                "the taken serial numbers",
                stage(scene, BATCH_2, stocked(SERIAL_1), stocked(SERIAL_2), stocked(third)),
                Set.of(SERIAL_1, SERIAL_2));
        expect("the state", state(scene, third), Optional.of(StockState.STAGED));
        expectPublished(scene, BATCH_2, 1, true);
        expectNotInStock(scene, SERIAL_2);
        scene.expect(scene.first(HANAKO, USER_2, token(SERIAL_2)), CommitResult.SERIAL_TAKEN);
        scene.expect(scene.first(HANAKO, USER_2, token(third)), CommitResult.SERIAL_TAKEN);
    }

    static void takenOver(Scene scene) {
        Token taken = used(stocked(SERIAL_1));
        scene.stock(stocked(SERIAL_2));
        Enrolment enrolment = scene.commit(scene.first(TARO, USER_1, taken));

        expect("the enrolment", scene.stored(TARO), enrolment);
        expect("the state in the stock", state(scene, SERIAL_1), Optional.empty());
        scene.expect(scene.first(HANAKO, USER_2, taken), CommitResult.SERIAL_TAKEN);
        scene.expect(scene.first(HANAKO, USER_2, used(stocked(SERIAL_2))), CommitResult.SERIAL_TAKEN);
        expect("the taken serial numbers", stage(scene, BATCH_1, stocked(SERIAL_1)), Set.of(SERIAL_1));
        expectInStock(scene, stocked(SERIAL_2));
    }

    private static Token used(StockedToken stocked) {
        Token sent = sent(stocked);
        return sent.toBuilder()
                .state(TokenState.ACTIVE)
                .activatedAt(sent.issuedAt())
                .revokedAt(null)
                .suspension(null)
                .provisioning(null)
                .build();
    }

    static void takenIsKnown(Scene scene) {
        SerialNumber third = ShapeChecks.serial(3);
        scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        stage(scene, BATCH_1, stocked(SERIAL_2));

        expect(
                "the result of isTaken for a token's serial number",
                scene.store.isTaken(scene.serviceId, SERIAL_1),
                true);
        expect(
                "the result of isTaken for a serial number in stock",
                scene.store.isTaken(scene.serviceId, SERIAL_2),
                true);
        expect("the result of isTaken for a free serial number", scene.store.isTaken(scene.serviceId, third), false);
        expect(
                "the result of isTaken at another institution",
                scene.store.isTaken(scene.other().serviceId, SERIAL_1),
                false);
    }

    static void stagedAgainIsStagedOnce(Scene scene) {
        stage(scene, BATCH_1, stocked(SERIAL_1));
        expect(
                "the taken serial numbers",
                stageMore(scene, BATCH_1, IMPORT, stocked(SERIAL_1), stocked(SERIAL_2)),
                Set.of(SERIAL_1));
        expectPublished(scene, BATCH_1, 2, true);
    }

    static void discardedIsFree(Scene scene) {
        stage(scene, BATCH_1, stocked(SERIAL_1));
        stage(scene, BATCH_2, stocked(SERIAL_2));
        for (int time = 1; time <= 2; time++) {
            scene.stockStore().discard(scene.serviceId, BATCH_1, IMPORT);
        }

        expect("the state", state(scene, SERIAL_1), Optional.empty());
        expect("the state of another", state(scene, SERIAL_2), Optional.of(StockState.STAGED));
        expectThrows(LostRaceException.class, () -> publish(scene, BATCH_1, IMPORT, 1));
        expectThrows(LostRaceException.class, () -> stageMore(scene, BATCH_1, IMPORT, stocked(SERIAL_1)));
        expect("the taken serial numbers", stageMore(scene, BATCH_2, IMPORT, stocked(SERIAL_1)), Set.of());
        scene.commit(scene.first(TARO, USER_1, token(ShapeChecks.serial(3))));
    }

    static void emptyIsNotPublished(Scene scene) {
        BatchId none = new BatchId("delivery-3");
        stage(scene, BATCH_1, stocked(SERIAL_1));
        for (BatchId batch : List.of(none, BATCH_1)) {
            for (int size : new int[] {0, -1}) {
                expectThrows(IllegalArgumentException.class, () -> publish(scene, batch, IMPORT, size));
            }
        }
        expect("the state", state(scene, SERIAL_1), Optional.of(StockState.STAGED));
    }

    static void publishedStays(Scene scene) {
        stage(scene, BATCH_1, stocked(SERIAL_1));
        expectPublished(scene, BATCH_1, 1, true);

        expectThrows(IllegalStateException.class, () -> stageMore(scene, BATCH_1, IMPORT, stocked(SERIAL_2)));
        expectThrows(IllegalStateException.class, () -> discard(scene, BATCH_1, IMPORT));
        for (UUID importId : List.of(IMPORT, OTHER)) {
            expect("the result of begin for a published batch", begin(scene, BATCH_1, importId), false);
        }
        expectLost(scene, OTHER, SERIAL_2, 1);
        expectInStock(scene, of(BATCH_1, stocked(SERIAL_1)));
        expectNotInStock(scene, SERIAL_2);
    }

    /** Discards a batch, and returns a text for the message of a failed check. */
    private static String discard(Scene scene, BatchId batch, UUID importId) {
        scene.stockStore().discard(scene.serviceId, batch, importId);
        return "discarded";
    }

    /** Checks that an import that has no right to a batch cannot change it. */
    private static void expectLost(Scene scene, UUID importId, SerialNumber serial, int size) {
        expectThrows(LostRaceException.class, () -> stageMore(scene, BATCH_1, importId, stocked(serial)));
        expectThrows(LostRaceException.class, () -> publish(scene, BATCH_1, importId, size));
        expectThrows(LostRaceException.class, () -> discard(scene, BATCH_1, importId));
    }

    static void laterImportReplacesEarlier(Scene scene) {
        SerialNumber third = ShapeChecks.serial(3);
        stage(scene, BATCH_1, stocked(SERIAL_1));
        expect("the result of begin for another import", begin(scene, BATCH_1, OTHER), true);
        expect("the state of a token of the earlier import", state(scene, SERIAL_1), Optional.empty());
        expect("the taken serial numbers", stageMore(scene, BATCH_1, OTHER, stocked(SERIAL_2)), Set.of());

        expectLost(scene, IMPORT, third, 1);
        expect("the state", state(scene, third), Optional.empty());
        expect("the state of the later import's token", state(scene, SERIAL_2), Optional.of(StockState.STAGED));
        expect("the result of publish", publish(scene, BATCH_1, OTHER, 1), true);
        expectLost(scene, IMPORT, third, 1);
        expectInStock(scene, of(BATCH_1, stocked(SERIAL_2)));
        expectNotInStock(scene, SERIAL_1);
    }

    /** The files have equal or different sizes. In some rounds one of them has a bad record. */
    static void ofTwoImportsOneIsPublished(Scene scene) {
        for (int round = 0; round < 12; round++) {
            BatchId batch = new BatchId("race-" + round);
            int first = 10 * round;
            List<List<StockedToken>> files =
                    List.of(file(batch, first, 4), file(batch, first + 5, round % 2 == 0 ? 4 : 2));
            int bad = round % 3 - 1;
            List<Boolean> published = Crowd.atOnce(2, i -> isImported(scene, batch, files.get(i), i == bad));

            expect("that both are published", published.get(0) && published.get(1), false);
            for (int i = 0; i < 2; i++) {
                for (StockedToken token : files.get(i)) {
                    expect(
                            "that a token is in stock",
                            scene.stockStore()
                                    .find(scene.serviceId, token.serial())
                                    .isPresent(),
                            published.get(i));
                }
            }
        }
    }

    private static List<StockedToken> file(BatchId batch, int first, int size) {
        return IntStream.range(first, first + size)
                .mapToObj(i -> of(batch, stocked(ShapeChecks.serial(i))))
                .toList();
    }

    /** Imports a file in two pieces as the library does, and returns whether it is in stock. */
    private static boolean isImported(Scene scene, BatchId batch, List<StockedToken> file, boolean bad) {
        UUID importId = UUID.randomUUID();
        try {
            if (!begin(scene, batch, importId)) {
                return false;
            }
            int taken = 0;
            for (List<StockedToken> piece : List.of(file.subList(0, 1), file.subList(1, file.size()))) {
                taken += scene.stockStore()
                        .stage(scene.serviceId, batch, importId, piece)
                        .size();
            }
            expect("the number of taken serial numbers", taken, 0);
            if (bad) {
                scene.stockStore().discard(scene.serviceId, batch, importId);
                return false;
            }
            return publish(scene, batch, importId, file.size());
        } catch (LostRaceException e) {
            return false;
        }
    }

    private static void expectThrows(Class<? extends RuntimeException> expected, Supplier<?> call) {
        Object result;
        try {
            result = call.get();
        } catch (RuntimeException e) {
            if (expected.isInstance(e)) {
                return;
            }
            throw new AssertionError("The call must throw " + expected.getSimpleName() + ", but threw another", e);
        }
        throw new AssertionError("The call must throw " + expected.getSimpleName() + ", but the answer is " + result);
    }

    static void withdrawnNeverReturns(Scene scene) {
        Withdrawal withdrawal = Withdrawal.of(Scene.NOW, new Operator("stock-3"), "a faulty delivery");
        stage(scene, BATCH_2, stocked(SERIAL_2));
        scene.stock(
                stocked(SERIAL_1).toBuilder().signing(SigningShapes.stocked(1)).build());
        SerialNumber third = ShapeChecks.serial(3);
        scene.stock(stocked(third));
        Enrolment none = scene.none(HANAKO);
        scene.commit(Scene.change(
                none, Scene.after(none, USER_2, null, waitingFor(stocked(third)), null, none.credentials(), 1)));

        expectWithdrawn(scene, SERIAL_2, withdrawal, false);
        expect("the state", state(scene, SERIAL_2), Optional.of(StockState.STAGED));
        expectWithdrawn(scene, third, withdrawal, false);
        expect("the state", state(scene, third), Optional.of(StockState.ASSIGNED));
        expectWithdrawn(scene, ShapeChecks.serial(4), withdrawal, false);
        expectWithdrawn(scene.other(), SERIAL_1, withdrawal, false);
        expectWithdrawn(scene, SERIAL_1, withdrawal, true);
        expect("the state", state(scene, SERIAL_1), Optional.of(StockState.WITHDRAWN));
        expectNotInStock(scene, SERIAL_1);
        expectWithdrawn(scene, SERIAL_1, withdrawal, false);
        scene.expect(scene.waiting(scene.none(TARO), waitingFor(stocked(SERIAL_1))), CommitResult.NOT_IN_STOCK);
        scene.expect(scene.first(TARO, USER_1, token(SERIAL_1)), CommitResult.SERIAL_TAKEN);
        expect("the taken serial numbers", stage(scene, BATCH_1, stocked(SERIAL_1)), Set.of(SERIAL_1));
        expect("the result of isTaken", scene.store.isTaken(scene.serviceId, SERIAL_1), true);
    }

    private static void expectWithdrawn(Scene scene, SerialNumber serial, Withdrawal withdrawal, boolean expected) {
        expect("the result of withdraw", scene.stockStore().withdraw(scene.serviceId, serial, withdrawal), expected);
    }

    /** One operator assigns a token while another one withdraws it. Exactly one of them succeeds. */
    static void assignedOrWithdrawn(Scene scene) {
        for (int round = 0; round < 10; round++) {
            StockedToken wanted = stocked(ShapeChecks.serial(round));
            Holder holder = new Holder("holder-" + round);
            scene.stock(wanted);
            Enrolment none = scene.none(holder);
            EnrolmentChange assignment = Scene.change(
                    none,
                    Scene.after(
                            none, ShapeChecks.userId(round), null, waitingFor(wanted), null, none.credentials(), 1));
            Withdrawal withdrawal = Withdrawal.of(Scene.NOW, new Operator("stock-3"), "recalled");
            List<Boolean> done = Crowd.atOnce(
                    2,
                    i -> i == 0
                            ? scene.store.commit(assignment) == CommitResult.COMMITTED
                            : scene.stockStore().withdraw(scene.serviceId, wanted.serial(), withdrawal));

            expect("that one of two has the token", !done.get(0).equals(done.get(1)), true);
            expect(
                    "the state",
                    state(scene, wanted.serial()),
                    Optional.of(done.get(0) ? StockState.ASSIGNED : StockState.WITHDRAWN));
        }
    }

    static void stocksAreApart(Scene scene) {
        Scene other = scene.other();
        scene.stock(stocked(SERIAL_1));

        expectNotInStock(other, SERIAL_1);
        expect("the state there", state(other, SERIAL_1), Optional.empty());
        other.expect(other.waiting(other.none(TARO), waitingFor(stocked(SERIAL_1))), CommitResult.NOT_IN_STOCK);
        other.stock(stocked(SERIAL_1));
        other.commit(other.waiting(other.none(TARO), waitingFor(stocked(SERIAL_1))));
        expectInStock(scene, stocked(SERIAL_1));
    }

    static void manyHoldersGetOneToken(Scene scene) {
        for (int round = 0; round < 10; round++) {
            StockedToken wanted = stocked(ShapeChecks.serial(round));
            scene.stock(wanted);
            int base = round * RaceChecks.THREADS;
            Winners winners = Winners.of(scene, RaceChecks.THREADS, i -> {
                Enrolment none = scene.none(new Holder("holder-" + (base + i)));
                return Scene.change(
                        none,
                        Scene.after(
                                none,
                                ShapeChecks.userId(base + i),
                                null,
                                waitingFor(wanted),
                                null,
                                none.credentials(),
                                1));
            });

            winners.expectOneAnd(CommitResult.NOT_IN_STOCK);
            expect("the state", state(scene, wanted.serial()), Optional.of(StockState.ASSIGNED));
        }
    }

    static void manyStageAtOnce(Scene scene) {
        int size = 20;
        List<Integer> staged = Crowd.atOnce(RaceChecks.THREADS, i -> {
            StockedToken[] all = IntStream.range(0, size)
                    .mapToObj(k -> stocked(ShapeChecks.serial(k)))
                    .toArray(StockedToken[]::new);
            return size - stage(scene, new BatchId("delivery-" + i), all).size();
        });
        expect(
                "the number of staged tokens",
                staged.stream().mapToInt(Integer::intValue).sum(),
                size);
    }
}
