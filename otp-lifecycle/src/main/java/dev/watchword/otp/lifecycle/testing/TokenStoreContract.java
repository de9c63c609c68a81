package dev.watchword.otp.lifecycle.testing;

import dev.watchword.otp.lifecycle.spi.FeedStore;
import dev.watchword.otp.lifecycle.spi.HistoryStore;
import dev.watchword.otp.lifecycle.spi.ListStore;
import dev.watchword.otp.lifecycle.spi.SealedStore;
import dev.watchword.otp.lifecycle.spi.StockStore;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What every store, {@link TokenStore}, {@link StockStore}, {@link HistoryStore},
 * {@link FeedStore}, {@link SealedStore} and {@link ListStore} in one, must do, as named checks that know no test framework. In JUnit:
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
    private TokenStoreContract() {}

    /**
     * Returns the checks.
     *
     * @param store gives the store to check, of tokens, stock, histories and feed; called once for each check
     * @param <S> the store
     * @return the checks, in an order in which they are worth reading
     */
    public static <S extends TokenStore & StockStore & HistoryStore & FeedStore & SealedStore & ListStore>
            List<Check> checks(Supplier<S> store) {
        return List.of(
                check("what was never committed is not found", store, Versions::nothingIsFound),
                check("a committed enrolment is found as it was, in every field", store, Shapes::enrolmentsComeBack),
                check("what waits for its activation is found as it was", store, Shapes::waitingComesBack),
                check("a fob of every kind is found as it was", store, Shapes::fobsInUseComeBack),
                check("a holder without a token is found as it was", store, Shapes::holdersComeBack),
                check("a committed event is found as it was, in every field", store, Shapes::eventsComeBack),
                check("holders are told apart exactly, in any script", store, Shapes::holdersAreExact),
                check("a change of an older version changes nothing", store, Versions::olderIsStale),
                check("a second first change changes nothing", store, Versions::secondFirstIsStale),
                check("a change of a version that is not reached yet changes nothing", store, Versions::newerIsStale),
                check("a change submitted twice is stored once", store, Versions::twiceIsOnce),
                check("a change is known again after others followed", store, Versions::knownForGood),
                check("a turn finds what was committed last", store, Turns::findTheLast),
                check("what a turn commits is stored", store, Turns::areStored),
                check("a turn does not make up for an older version", store, Turns::olderIsStale),
                check("a turn knows a change again", store, Turns::twiceIsOnce),
                check("nothing is left of a turn without a commit", store, Turns::leaveNothing),
                check("a user ID belongs to one holder", store, Claims::userIdIsUnique),
                check(
                        "a serial number is another holder's no more, even after revocation",
                        store,
                        Claims::serialIsUnique),
                check("a serial number does not return to the same holder either", store, Claims::serialNeverReturns),
                check("a serial number does not return at once either", store, Claims::serialDoesNotReturnAtOnce),
                check("staleness is told before anything else", store, Versions::stalenessFirst),
                check("staleness is told before anything else, later too", store, Versions::stalenessFirstLaterToo),
                check("institutions do not see each other", store, Claims::institutionsAreApart),
                check("a revoked token has no secret any more", store, Claims::secretIsDeleted),
                check("another token takes the place of a revoked one", store, Claims::replacement),
                check("what is staged is not in stock", store, Stocks::stagedIsNotInStock),
                check("a batch is published whole, and found in every field", store, Stocks::batchesArePublishedWhole),
                check("a fob is given out once, and never returns", store, Stocks::givenOutOnce),
                check("a stale change takes nothing out of the stock", store, Stocks::staleTakesNothing),
                check("a serial number is one token's or one fob's", store, Stocks::serialsAreOfOneTokenOrFob),
                check("a fob that was in use elsewhere takes a serial number that is free", store, Stocks::takenOver),
                check("it is known whether a serial number is taken", store, Stocks::takenIsKnown),
                check("what is staged twice is staged once", store, Stocks::stagedAgainIsStagedOnce),
                check("what is discarded is free again", store, Stocks::discardedIsFree),
                check("a published batch stays as it is", store, Stocks::publishedStays),
                check("institutions have a stock each", store, Stocks::stocksAreApart),
                check("a history is read in pieces, in order, without gaps", store, Histories::historyInPieces),
                check("histories do not mix", store, Histories::historiesAreApart),
                check("what operators said is erased, and nothing else", store, Histories::reasonsAreErased),
                check("a history is cut off at an anchor", store, Histories::archived),
                check("archiving from another anchor changes nothing", store, Histories::archivedOnce),
                check("what a consumer has not got is due to it", store, Feeds::whatIsNotConsumedIsDue),
                check("what is due is found in pages", store, Feeds::dueInPages),
                check("one worker at a time has a holder's events", store, Feeds::oneWorkerAtATime),
                check("another worker goes on when a lease has ended", store, Feeds::leasesEnd),
                check("consumers have a place each", store, Feeds::consumersAreApart),
                check("a consumer that comes late gets all", store, Feeds::aLateConsumerGetsAll),
                check("a consumer that retired is forgotten", store, Feeds::retired),
                check("what is not consumed is not archived", store, Feeds::unconsumedIsNotArchived),
                check("of many workers who want a lease one has it", store, Feeds::oneLeaseOfMany),
                check("what is sealed anew takes the place of what it was", store, Resealings::takesThePlace),
                check("what was changed meanwhile is not sealed anew", store, Resealings::whoWasFasterStays),
                check("the stock is sealed anew, in pages", store, Resealings::stockTakesThePlace),
                check("what expires is listed, in pages", store, Lists::expiring),
                check("what is suspended is listed, in pages", store, Lists::suspended),
                check("what waits is listed, in pages", store, Lists::waiting),
                check("fobs are listed by their state, in pages", store, Lists::fobs),
                check("all enrolments are read in pages", store, Histories::pages),
                check("of many changes of one version one is stored", store, ManyAtOnce::oneOfMany),
                check("of many first changes of one holder one is stored", store, ManyAtOnce::oneFirstOfMany),
                check("of many turns at once none is lost", store, Turns::noneIsLost),
                check("of many holders who want one serial number one has it", store, ManyAtOnce::oneSerialOfMany),
                check("of many holders who want one user ID one has it", store, ManyAtOnce::oneUserIdOfMany),
                check("of many holders who want one fob one has it", store, Stocks::oneFobOfMany),
                check("of many batches that bring one fob one has it", store, Stocks::manyStageAtOnce),
                check("one change submitted by many is stored once", store, ManyAtOnce::sameChangeByMany),
                check("who reads beside a writer sees whole changes", store, ManyAtOnce::readersSeeWholeChanges),
                check("many holders at once lose nothing", store, ManyAtOnce::manyAtOnce));
    }

    private static <S extends TokenStore & StockStore & HistoryStore & FeedStore & SealedStore & ListStore> Check check(
            String name, Supplier<S> store, Consumer<Scene> body) {
        return new Check(name, () -> {
            S each = store.get();
            body.accept(new Scene(each, each, each, each, each, each));
        });
    }
}
