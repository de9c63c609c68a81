package dev.watchword.otp.lifecycle.testing;

import static dev.watchword.otp.lifecycle.testing.Scene.HANAKO;
import static dev.watchword.otp.lifecycle.testing.Scene.SERIAL_1;
import static dev.watchword.otp.lifecycle.testing.Scene.SERIAL_2;
import static dev.watchword.otp.lifecycle.testing.Scene.TARO;
import static dev.watchword.otp.lifecycle.testing.Scene.USER_1;
import static dev.watchword.otp.lifecycle.testing.Scene.USER_2;
import static dev.watchword.otp.lifecycle.testing.Scene.expect;
import static dev.watchword.otp.lifecycle.testing.Scene.revoked;
import static dev.watchword.otp.lifecycle.testing.Scene.token;

import dev.watchword.otp.lifecycle.Enrolment;
import dev.watchword.otp.lifecycle.Holder;
import dev.watchword.otp.lifecycle.Token;
import dev.watchword.otp.lifecycle.TokenEvent;
import dev.watchword.otp.lifecycle.UserId;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * What every {@link TokenStore} must do, as named checks that know no test framework. In JUnit:
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> keepsTheContract() {
 *     return TokenStoreContract.checks(() -> store).stream().map(check -> dynamicTest(check.name(), check::run));
 * }
 * }</pre>
 *
 * <p>Each check works as an institution of its own, so the store may hold other data, and may be the same for all.
 */
public final class TokenStoreContract {
    private static final int THREADS = 16;

    private TokenStoreContract() {}

    /**
     * Returns the checks.
     *
     * @param store gives the store to check; called once for each check
     * @return the checks, in an order in which they are worth reading
     */
    public static List<Check> checks(Supplier<? extends TokenStore> store) {
        return List.of(
                check("what was never committed is not found", store, TokenStoreContract::nothingIsFound),
                check("a committed enrolment is found as it was, in every field", store, Shapes::enrolmentsComeBack),
                check("a committed event is found as it was, in every field", store, Shapes::eventsComeBack),
                check("holders are told apart exactly, in any script", store, Shapes::holdersAreExact),
                check("a change of an older version changes nothing", store, TokenStoreContract::olderIsStale),
                check("a second first change changes nothing", store, TokenStoreContract::secondFirstIsStale),
                check(
                        "a change of a version that is not reached yet changes nothing",
                        store,
                        TokenStoreContract::newerIsStale),
                check("a change submitted twice is stored once", store, TokenStoreContract::twiceIsOnce),
                check("a change is known again after others followed", store, TokenStoreContract::knownForGood),
                check("a user ID belongs to one holder", store, TokenStoreContract::userIdIsUnique),
                check(
                        "a serial number is another holder's no more, even after revocation",
                        store,
                        TokenStoreContract::serialIsUnique),
                check(
                        "a serial number does not return to the same holder either",
                        store,
                        TokenStoreContract::serialNeverReturns),
                check("staleness is told before anything else", store, TokenStoreContract::stalenessFirst),
                check("institutions do not see each other", store, TokenStoreContract::institutionsAreApart),
                check("a revoked token has no secret any more", store, TokenStoreContract::secretIsDeleted),
                check("another token takes the place of a revoked one", store, TokenStoreContract::replacement),
                check(
                        "a history is read in pieces, in order, without gaps",
                        store,
                        TokenStoreContract::historyInPieces),
                check("histories do not mix", store, TokenStoreContract::historiesAreApart),
                check("of many changes of one version one is stored", store, TokenStoreContract::oneOfMany),
                check("of many first changes of one holder one is stored", store, TokenStoreContract::oneFirstOfMany),
                check(
                        "of many holders who want one serial number one has it",
                        store,
                        TokenStoreContract::oneSerialOfMany),
                check("many holders at once lose nothing", store, TokenStoreContract::manyAtOnce));
    }

    private static Check check(String name, Supplier<? extends TokenStore> store, Consumer<Scene> body) {
        return new Check(name, () -> body.accept(new Scene(store.get())));
    }

    private static void nothingIsFound(Scene scene) {
        expect("the enrolment", scene.store.find(scene.serviceId, TARO), Optional.empty());
        expect("the history", scene.history(TARO), List.of());
    }

    private static void olderIsStale(Scene scene) {
        Enrolment first = scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        EnrolmentChange overtaken = scene.next(first, token(SERIAL_1), 1);
        scene.commit(scene.next(first, token(SERIAL_1), 2));

        scene.expect(overtaken, CommitResult.STALE);
    }

    private static void secondFirstIsStale(Scene scene) {
        scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));

        scene.expect(scene.first(TARO, USER_2, token(SERIAL_2)), CommitResult.STALE);
    }

    private static void newerIsStale(Scene scene) {
        Enrolment notStored = scene.first(TARO, USER_1, token(SERIAL_1)).after();

        scene.expect(scene.next(notStored, token(SERIAL_1), 1), CommitResult.STALE);
    }

    private static void twiceIsOnce(Scene scene) {
        EnrolmentChange first = scene.first(TARO, USER_1, token(SERIAL_1));
        Enrolment enrolment = scene.commit(first);
        scene.commit(first);
        EnrolmentChange second = scene.next(enrolment, token(SERIAL_1), 2);
        scene.commit(second);
        scene.commit(second);

        expect("the enrolment", scene.stored(TARO), second.after());
        expect("how many events there are", scene.history(TARO).size(), 3);
    }

    private static void knownForGood(Scene scene) {
        EnrolmentChange first = scene.first(TARO, USER_1, token(SERIAL_1));
        EnrolmentChange second = scene.next(scene.commit(first), token(SERIAL_1), 2);
        EnrolmentChange third = scene.next(scene.commit(second), token(SERIAL_1), 1);
        scene.commit(third);

        scene.commit(first);
        scene.commit(second);
        expect("the enrolment", scene.stored(TARO), third.after());
    }

    private static void userIdIsUnique(Scene scene) {
        scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));

        scene.expect(scene.first(HANAKO, USER_1, token(SERIAL_2)), CommitResult.USER_ID_TAKEN);
        scene.commit(scene.first(HANAKO, USER_2, token(SERIAL_2)));
    }

    private static void serialIsUnique(Scene scene) {
        Enrolment issued = scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        scene.expect(scene.first(HANAKO, USER_2, token(SERIAL_1)), CommitResult.SERIAL_TAKEN);
        scene.commit(scene.next(issued, revoked(token(SERIAL_1)), 1));

        scene.expect(scene.first(HANAKO, USER_2, token(SERIAL_1)), CommitResult.SERIAL_TAKEN);
        scene.commit(scene.first(HANAKO, USER_2, token(SERIAL_2)));
    }

    private static void serialNeverReturns(Scene scene) {
        Enrolment issued = scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        Enrolment revoked = scene.commit(scene.next(issued, revoked(token(SERIAL_1)), 1));
        Enrolment again = scene.commit(scene.next(revoked, token(SERIAL_2), 1));
        Enrolment revokedAgain = scene.commit(scene.next(again, revoked(token(SERIAL_2)), 1));

        scene.expect(scene.next(revokedAgain, token(SERIAL_1), 1), CommitResult.SERIAL_TAKEN);
    }

    private static void stalenessFirst(Scene scene) {
        scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));

        scene.expect(scene.first(TARO, USER_1, token(SERIAL_1)), CommitResult.STALE);
        scene.expect(scene.first(TARO, USER_2, token(SERIAL_1)), CommitResult.STALE);
    }

    private static void institutionsAreApart(Scene scene) {
        Scene other = new Scene(scene.store);
        Enrolment ours = scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        expect("what the other institution finds", other.store.find(other.serviceId, TARO), Optional.empty());
        expect("what the other institution reads", other.history(TARO), List.of());

        Enrolment theirs = other.commit(other.first(TARO, USER_1, token(SERIAL_1)));
        other.commit(other.next(theirs, revoked(token(SERIAL_1)), 1));
        expect("our enrolment", scene.stored(TARO), ours);
        expect("how many events we have", scene.history(TARO).size(), 1);
    }

    private static void secretIsDeleted(Scene scene) {
        Enrolment issued = scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        scene.commit(scene.next(issued, revoked(token(SERIAL_1)), 1));

        Token stored = Objects.requireNonNull(scene.stored(TARO).token());
        expect("the revoked token", stored, revoked(token(SERIAL_1)));
    }

    private static void replacement(Scene scene) {
        Enrolment issued = scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        Enrolment revoked = scene.commit(scene.next(issued, revoked(token(SERIAL_1)), 1));
        Enrolment again = scene.commit(scene.next(revoked, token(SERIAL_2), 1));

        expect("the enrolment", scene.stored(TARO), again);
        expect("the number of the last event", scene.history(TARO).get(2).number(), 3L);
    }

    private static void historyInPieces(Scene scene) {
        Enrolment enrolment = scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        for (int i = 0; i < 11; i++) {
            enrolment = scene.commit(scene.next(enrolment, token(SERIAL_1), 1 + i % 2));
        }
        List<Long> all = LongStream.rangeClosed(1, 17).boxed().toList();

        expect("all numbers", numbers(scene.history(TARO)), all);
        expect("numbers 1 to 5", numbers(scene.store.history(scene.serviceId, TARO, 0, 5)), all.subList(0, 5));
        expect("numbers 6 to 10", numbers(scene.store.history(scene.serviceId, TARO, 5, 5)), all.subList(5, 10));
        expect("the last number", numbers(scene.store.history(scene.serviceId, TARO, 16, 5)), all.subList(16, 17));
        expect("what follows the last", scene.store.history(scene.serviceId, TARO, 17, 5), List.of());
    }

    private static List<Long> numbers(List<TokenEvent> events) {
        return events.stream().map(TokenEvent::number).toList();
    }

    private static void historiesAreApart(Scene scene) {
        Enrolment taro = scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        scene.commit(scene.first(HANAKO, USER_2, token(SERIAL_2)));
        EnrolmentChange later = scene.next(taro, token(SERIAL_1), 2);
        scene.commit(later);

        expect("the end of one history", scene.history(TARO).subList(1, 3), later.events());
        expect("the serial number in the other", scene.history(HANAKO).get(0).serial(), SERIAL_2);
        expect("how many events the other has", scene.history(HANAKO).size(), 1);
    }

    private static void oneOfMany(Scene scene) {
        for (int round = 0; round < 10; round++) {
            Holder holder = new Holder("holder-" + round);
            UserId userId = new UserId("99980000000" + round);
            Token token = token(Shapes.serial(round));
            Enrolment first = scene.commit(scene.first(holder, userId, token));
            Winners winners = Winners.of(scene, THREADS, i -> scene.next(first, token, 1 + i % 3));

            winners.expectOneAnd(CommitResult.STALE);
            expect("the enrolment", scene.stored(holder), winners.change(0).after());
            expect(
                    "the new events",
                    scene.history(holder).subList(1, scene.history(holder).size()),
                    winners.change(0).events());
        }
    }

    private static void oneFirstOfMany(Scene scene) {
        for (int round = 0; round < 10; round++) {
            Holder holder = new Holder("holder-" + round);
            int base = round * THREADS;
            Winners winners = Winners.of(
                    scene, THREADS, i -> scene.first(holder, Shapes.userId(base + i), token(Shapes.serial(base + i))));

            winners.expectOneAnd(CommitResult.STALE);
            expect("the enrolment", scene.stored(holder), winners.change(0).after());
            expect("the history", scene.history(holder), winners.change(0).events());
        }
    }

    private static void oneSerialOfMany(Scene scene) {
        for (int round = 0; round < 10; round++) {
            Token wanted = token(Shapes.serial(round));
            int base = round * THREADS;
            Winners winners = Winners.of(
                    scene,
                    THREADS,
                    i -> scene.first(new Holder("holder-" + (base + i)), Shapes.userId(base + i), wanted));

            winners.expectOneAnd(CommitResult.SERIAL_TAKEN);
        }
    }

    private static void manyAtOnce(Scene scene) {
        int each = 10;
        Winners winners = Winners.of(scene, THREADS, i -> {
            Token token = token(Shapes.serial(i));
            Enrolment enrolment = scene.commit(scene.first(new Holder("holder-" + i), Shapes.userId(i), token));
            for (int k = 0; k < each; k++) {
                enrolment = scene.commit(scene.next(enrolment, token, 1));
            }
            return scene.next(enrolment, token, 1);
        });

        expect("how many were committed", winners.count(), THREADS);
        IntStream.range(0, THREADS).forEach(i -> {
            expect(
                    "version of holder " + i,
                    scene.stored(new Holder("holder-" + i)).version(),
                    each + 2L);
            expect(
                    "events of holder " + i,
                    scene.history(new Holder("holder-" + i)).size(),
                    each + 2);
        });
    }
}
