package dev.watchword.otp.lifecycle.testing;

import dev.watchword.otp.lifecycle.model.CheckReturnValue;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.spi.ArchiveStore;
import dev.watchword.otp.lifecycle.spi.DeviceStore;
import dev.watchword.otp.lifecycle.spi.FeedStore;
import dev.watchword.otp.lifecycle.spi.KeyCheckStore;
import dev.watchword.otp.lifecycle.spi.ListStore;
import dev.watchword.otp.lifecycle.spi.ReencryptionStore;
import dev.watchword.otp.lifecycle.spi.StockStore;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The contract of stores as named checks, which need no test framework. It has one part for each capability, so a store is checked
 * for the parts that it offers. In JUnit:
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> keepsTheContract() {
 *     return TokenStoreContract.mandatory(() -> store).stream().map(check -> dynamicTest(check.name(), check::run));
 * }
 * }</pre>
 *
 * <p>Each check uses a separate institution, so the store may hold other data and may be the same for all checks.
 */
@CheckReturnValue
public final class TokenStoreContract {
    private static final List<Class<?>> CAPABILITIES = List.of(
            StockStore.class,
            ArchiveStore.class,
            FeedStore.class,
            ReencryptionStore.class,
            ListStore.class,
            KeyCheckStore.class,
            DeviceStore.class);

    private TokenStoreContract() {}

    /**
     * Returns the checks of every part, for a store with all capabilities.
     *
     * @param store supplies the store; called once for each check
     * @return the checks, in the order in which to read them
     */
    public static List<Check> everything(Supplier<? extends TokenStore> store) {
        return Stream.of(
                        mandatory(store),
                        stock(store),
                        archive(store),
                        feed(store),
                        reencryption(store),
                        lists(store),
                        keyChecks(store),
                        devices(store))
                .flatMap(List::stream)
                .toList();
    }

    /**
     * Returns the checks of the mandatory part, {@link TokenStore}.
     *
     * @param store supplies the store; called once for each check
     * @return the checks, in the order in which to read them
     */
    public static List<Check> mandatory(Supplier<? extends TokenStore> store) {
        return List.of(
                check("an unknown holder is not found", store, VersionChecks::nothingIsFound),
                check("a committed enrolment is found in every field", store, ShapeChecks::enrolmentsComeBack),
                check("a pending software token is found in every field", store, ShapeChecks::pendingSoftwareComesBack),
                check("a holder without a token is found in every field", store, HolderChecks::holdersComeBack),
                check("a suspended holder is found in every field", store, HolderChecks::suspendedHoldersComeBack),
                check("a part of an enrolment is stored if it changes alone", store, PartChecks::ofAnEnrolment),
                check("a part of a token in use is stored if it changes alone", store, PartChecks::ofATokenInUse),
                check("a committed event is found in every field", store, ShapeChecks::eventsComeBack),
                check("holders are compared exactly, in any script", store, HolderChecks::holdersAreExact),
                check("a change of an older version changes nothing", store, VersionChecks::olderIsStale),
                check("a second first change changes nothing", store, VersionChecks::secondFirstIsStale),
                check("a change of a later version changes nothing", store, VersionChecks::newerIsStale),
                check("a change whose event number is taken is an error", store, VersionChecks::takenEventIsAFailure),
                check("a change that is submitted twice is stored once", store, VersionChecks::twiceIsOnce),
                check("a change is recognised after later changes", store, VersionChecks::knownForGood),
                check("an attempt finds the last commit", store, AttemptChecks::findTheLast),
                check("the commit of an attempt is stored", store, AttemptChecks::areStored),
                check("an attempt with an older version changes nothing", store, AttemptChecks::olderIsStale),
                check("an attempt recognises a change", store, AttemptChecks::twiceIsOnce),
                check("an attempt without a commit changes nothing", store, AttemptChecks::leaveNothing),
                check("a user ID belongs to one holder", store, ClaimChecks::userIdIsUnique),
                check(
                        "a serial number belongs to one holder, even after revocation",
                        store,
                        ClaimChecks::serialIsUnique),
                check("serial numbers are compared exactly", store, ClaimChecks::serialsAreExact),
                check("a serial number does not return to its holder", store, ClaimChecks::serialNeverReturns),
                check("a serial number does not return immediately", store, ClaimChecks::serialDoesNotReturnAtOnce),
                check("of two new tokens both are stored or none", store, ClaimChecks::twoTokensOrNone),
                check("a stale version is reported before other conflicts", store, VersionChecks::stalenessFirst),
                check("a stale later version is reported first too", store, VersionChecks::stalenessFirstLaterToo),
                check("institutions do not see each other", store, ClaimChecks::institutionsAreApart),
                check("a revoked token has no secret", store, ClaimChecks::secretIsDeleted),
                check("another token replaces a revoked one", store, ClaimChecks::replacement),
                check("a history is read in pages, in order, without gaps", store, HistoryChecks::historyInPieces),
                check("histories do not mix", store, HistoryChecks::historiesAreApart),
                check("an erasure deletes operators' reasons and nothing else", store, HistoryChecks::reasonsAreErased),
                check("all holders are read in pages", store, HistoryChecks::holderPages),
                check("an unknown capability is empty", store, TokenStoreContract::unknownCapabilityIsEmpty),
                check("the store itself is not a capability", store, TokenStoreContract::theStoreIsNoCapability),
                check("of many changes of one version one is stored", store, RaceChecks::oneOfMany),
                check("of many first changes of one holder one is stored", store, RaceChecks::oneFirstOfMany),
                check("no concurrent attempt is lost", store, AttemptChecks::noneIsLost),
                check("of many holders who claim a serial number one has it", store, RaceChecks::oneSerialOfMany),
                check("of many holders who claim a user ID one has it", store, RaceChecks::oneUserIdOfMany),
                check("a change that many threads submit is stored once", store, RaceChecks::sameChangeByMany),
                check("a reader sees whole changes beside a writer", store, RaceChecks::readersSeeWholeChanges),
                check("many holders at once lose nothing", store, RaceChecks::manyAtOnce));
    }

    /**
     * Returns the checks of an enrolment whose row is missing although its history exists (R10.5). They need a way to delete a row,
     * which no store offers.
     *
     * @param store supplies the store; called once for each check
     * @param deletion deletes the rows of a holder's enrolment, user ID and tokens as far as the storage requires it for the
     *     deletion of the enrolment, and leaves the events
     * @return the checks
     */
    public static List<Check> missingRows(
            Supplier<? extends TokenStore> store, BiConsumer<ServiceId, Holder> deletion) {
        return List.of(
                check("a missing enrolment with events is an error", store, scene -> {
                    MissingRowChecks.withEvents(scene, deletion);
                }),
                check("a missing enrolment with archived events is an error", store, scene -> {
                    MissingRowChecks.withAnAnchor(scene, deletion);
                }));
    }

    /**
     * Returns the checks of the capability {@link StockStore}.
     *
     * @param store supplies the store; called once for each check
     * @return the checks, in the order in which to read them
     */
    public static List<Check> stock(Supplier<? extends TokenStore> store) {
        return List.of(
                check("a pending order is found in every field", store, ShapeChecks::pendingOrdersComeBack),
                check(
                        "a hardware token of every kind is found in every field",
                        store,
                        ShapeChecks::hardwareTokensInUseComeBack),
                check("a staged token is not in stock", store, StockChecks::stagedIsNotInStock),
                check("a batch is published whole, in every field", store, StockChecks::batchesArePublishedWhole),
                check("a token is assigned once and never returns", store, StockChecks::givenOutOnce),
                check(
                        "a token that was re-encrypted meanwhile is not assigned",
                        store,
                        StockChecks::reencryptedIsNotTaken),
                check("a stale change takes nothing from the stock", store, StockChecks::staleTakesNothing),
                check("a serial number belongs to one token", store, StockChecks::serialsBelongToOneToken),
                check("a takeover claims a free serial number", store, StockChecks::takenOver),
                check("a taken serial number is reported", store, StockChecks::takenIsKnown),
                check("a token that is staged twice is staged once", store, StockChecks::stagedAgainIsStagedOnce),
                check("a discarded serial number is free again", store, StockChecks::discardedIsFree),
                check("a batch of less than one token is not published", store, StockChecks::emptyIsNotPublished),
                check("a published batch does not change", store, StockChecks::publishedStays),
                check("a later import replaces an earlier one", store, StockChecks::laterImportReplacesEarlier),
                check("of two imports of a batch one is published", store, StockChecks::ofTwoImportsOneIsPublished),
                check("a withdrawn token never returns", store, StockChecks::withdrawnNeverReturns),
                check("a token is assigned or withdrawn", store, StockChecks::assignedOrWithdrawn),
                check("each institution has its own stock", store, StockChecks::stocksAreApart),
                check("of many holders who claim a token one has it", store, StockChecks::manyHoldersGetOneToken),
                check("of many batches that bring a token one has it", store, StockChecks::manyStageAtOnce));
    }

    /**
     * Returns the checks of the capability {@link ArchiveStore}.
     *
     * @param store supplies the store; called once for each check
     * @return the checks, in the order in which to read them
     */
    public static List<Check> archive(Supplier<? extends TokenStore> store) {
        return List.of(
                check("a history is cut at an anchor", store, HistoryChecks::archived),
                check("archiving from another anchor changes nothing", store, HistoryChecks::archivedOnce));
    }

    /**
     * Returns the checks of the capability {@link FeedStore}, for a store that also has {@link ArchiveStore}.
     *
     * @param store supplies the store; called once for each check
     * @return the checks, in the order in which to read them
     */
    public static List<Check> feed(Supplier<? extends TokenStore> store) {
        return List.of(
                check("an event that a consumer has not received is due", store, FeedChecks::whatIsNotConsumedIsDue),
                check("due holders are found in pages", store, FeedChecks::dueInPages),
                check("one worker at a time has a holder's events", store, FeedChecks::oneWorkerAtATime),
                check("another worker continues after a lease has ended", store, FeedChecks::leasesEnd),
                check("each consumer has its own progress", store, FeedChecks::consumersAreApart),
                check("a late consumer receives all events", store, FeedChecks::aLateConsumerGetsAll),
                check("a retired consumer is removed", store, FeedChecks::retired),
                check("an event that a consumer has not received stays", store, FeedChecks::unconsumedIsNotArchived),
                check("of many workers who want a lease one has it", store, FeedChecks::oneLeaseOfMany),
                check("a consumer is created once", store, ConsumerChecks::createdOnce),
                check("a consumer from now on receives later events only", store, ConsumerChecks::fromNow),
                check(
                        "a consumer from now on receives later events although other consumers wait",
                        store,
                        ConsumerChecks::fromNowBesideParkedEvents),
                check("a renamed consumer continues where it was", store, ConsumerChecks::renamed),
                check("the positions of all consumers are known", store, ConsumerChecks::positions),
                check("a failed event waits for the end of its delay", store, FailureChecks::aDelayIsKept),
                check(
                        "failed events are retried in the order of their delays",
                        store,
                        FailureChecks::retriesAreOrdered),
                check(
                        "failed attempts are counted until an event is handled",
                        store,
                        FailureChecks::attemptsAreCounted),
                check("a worker without the lease records no failure", store, FailureChecks::onlyTheLeaseFails),
                check("failing holders are counted until a success", store, FailureChecks::holdersAreCounted),
                check("a renaming keeps the failures in a row", store, FailureChecks::aRenamingKeepsFailures),
                check("parked events wait for an operator", store, FailureChecks::parkedEventsWait),
                check("an operator's retry or skip is recorded", store, FailureChecks::operatorsDecide),
                check(
                        "a decision about an earlier parking is not recorded",
                        store,
                        FailureChecks::aStaleDecisionIsNotRecorded),
                check("of many decisions about a parked event one is recorded", store, FailureChecks::oneOfManyDecides),
                check("an erasure deletes the texts of the feed", store, FailureChecks::textsAreErased),
                check("no concurrent failure is lost", store, FailureChecks::manyFailuresAreCounted));
    }

    /**
     * Returns the checks of the capability {@link ReencryptionStore}, for a store that also has {@link StockStore}.
     *
     * @param store supplies the store; called once for each check
     * @return the checks, in the order in which to read them
     */
    public static List<Check> reencryption(Supplier<? extends TokenStore> store) {
        return List.of(
                check("a re-encrypted enrolment replaces the old one", store, ReencryptionChecks::takesThePlace),
                check("a concurrent change prevails", store, ReencryptionChecks::whoWasFasterStays),
                check("the stock is re-encrypted in pages", store, ReencryptionChecks::stockTakesThePlace));
    }

    /**
     * Returns the checks of the capability {@link ListStore}, for a store that also has {@link StockStore}.
     *
     * @param store supplies the store; called once for each check
     * @return the checks, in the order in which to read them
     */
    public static List<Check> lists(Supplier<? extends TokenStore> store) {
        return List.of(
                check("expiring tokens are listed in pages", store, ListChecks::expiring),
                check("unused tokens are listed in pages", store, ListChecks::unused),
                check("tokens are counted by kind and state", store, ListChecks::counted),
                check("suspended tokens are listed in pages", store, ListChecks::suspended),
                check("suspended holders are listed in pages", store, ListChecks::suspendedHolders),
                check("pending tokens and orders are listed in pages", store, ListChecks::pending),
                check("a holder is found by a user ID and a serial number", store, ListChecks::holders),
                check("stocked tokens are listed by state, in pages", store, StockListChecks::stockIsListed),
                check(
                        "stocked tokens are listed by batch and by serial number, in pages",
                        store,
                        StockListChecks::stockIsListedByBatchAndSerial));
    }

    /**
     * Returns the checks of the capability {@link KeyCheckStore}.
     *
     * @param store supplies the store; called once for each check
     * @return the checks, in the order in which to read them
     */
    public static List<Check> keyChecks(Supplier<? extends TokenStore> store) {
        return List.of(
                check("a check value is found in every field", store, KeyCheckChecks::comeBack),
                check("the first check value of a key stays", store, KeyCheckChecks::theFirstStays),
                check("key names are compared exactly, in any script", store, KeyCheckChecks::namesAreExact),
                check("each institution has its own check values", store, KeyCheckChecks::institutionsAreApart),
                check("of many check values of one key one is stored", store, KeyCheckChecks::oneOfMany));
    }

    /**
     * Returns the checks of the capability {@link DeviceStore}.
     *
     * @param store supplies the store; called once for each check
     * @return the checks, in the order in which to read them
     */
    public static List<Check> devices(Supplier<? extends TokenStore> store) {
        return List.of(
                check("the key of a provisioned device is found", store, DeviceChecks::comeBack),
                check("the key of a device belongs to one token", store, DeviceChecks::areOfOneToken),
                check("the key of another device replaces the first one", store, DeviceChecks::areReplaced),
                check("the key of a device ends with its token", store, DeviceChecks::endWithTheirToken),
                check("the device of a stale change is not stored", store, DeviceChecks::ofAStaleChangeAreNotStored));
    }

    /**
     * Returns the check of a store that wraps another one: it offers the same capabilities.
     *
     * @param wrapped the store that is wrapped
     * @param wrapper the store that wraps it
     * @return the check
     */
    public static Check forwardsCapabilities(TokenStore wrapped, TokenStore wrapper) {
        return new Check("the wrapper offers the capabilities of its store", () -> {
            for (Class<?> type : CAPABILITIES) {
                Scene.expect(
                        "the presence of " + type.getSimpleName(),
                        wrapper.capability(type).isPresent(),
                        wrapped.capability(type).isPresent());
            }
        });
    }

    /** A capability that no store of this version can know. */
    private interface UnknownCapability {}

    private static void unknownCapabilityIsEmpty(Scene scene) {
        Scene.expect(
                "the unknown capability",
                scene.store.capability(UnknownCapability.class).isPresent(),
                false);
    }

    private static void theStoreIsNoCapability(Scene scene) {
        for (Class<?> type : List.of(TokenStore.class, Object.class, scene.store.getClass())) {
            Scene.expect(
                    "whether " + type.getSimpleName() + " is offered",
                    scene.store.capability(type).isPresent(),
                    false);
        }
    }

    private static Check check(String name, Supplier<? extends TokenStore> store, Consumer<Scene> body) {
        return new Check(name, () -> body.accept(new Scene(store.get())));
    }
}
