package dev.watchword.otp.lifecycle.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.HotpProfile;
import dev.watchword.otp.OcraSuite;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.TotpWindow;
import dev.watchword.otp.lifecycle.operations.Archived;
import dev.watchword.otp.lifecycle.operations.BulkItem;
import dev.watchword.otp.lifecycle.operations.BulkResult;
import dev.watchword.otp.lifecycle.operations.CheckedKey;
import dev.watchword.otp.lifecycle.operations.Delivered;
import dev.watchword.otp.lifecycle.operations.FailedDelivery;
import dev.watchword.otp.lifecycle.operations.HeldHistory;
import dev.watchword.otp.lifecycle.operations.HistoryFault;
import dev.watchword.otp.lifecycle.operations.HistoryFinding;
import dev.watchword.otp.lifecycle.operations.HistoryVerdict;
import dev.watchword.otp.lifecycle.operations.Imported;
import dev.watchword.otp.lifecycle.operations.KeyReport;
import dev.watchword.otp.lifecycle.operations.Migrated;
import dev.watchword.otp.lifecycle.operations.Reencrypted;
import dev.watchword.otp.lifecycle.policy.BackupCodePolicy;
import dev.watchword.otp.lifecycle.policy.CodePolicy;
import dev.watchword.otp.lifecycle.policy.ConfirmationPolicy;
import dev.watchword.otp.lifecycle.policy.EmergencyCodeForm;
import dev.watchword.otp.lifecycle.policy.FeedPolicy;
import dev.watchword.otp.lifecycle.policy.HashingPolicy;
import dev.watchword.otp.lifecycle.policy.LockPolicy;
import dev.watchword.otp.lifecycle.policy.LookAhead;
import dev.watchword.otp.lifecycle.policy.PasswordKeeper;
import dev.watchword.otp.lifecycle.policy.ProvisioningWait;
import dev.watchword.otp.lifecycle.policy.RenewalPolicy;
import dev.watchword.otp.lifecycle.policy.SerialForm;
import dev.watchword.otp.lifecycle.policy.SigningPolicy;
import dev.watchword.otp.lifecycle.policy.SoftwarePolicy;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import dev.watchword.otp.lifecycle.policy.TypedDetail;
import dev.watchword.otp.lifecycle.spi.ConsumerState;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import dev.watchword.otp.lifecycle.spi.FailureCount;
import dev.watchword.otp.lifecycle.spi.FeedPlace;
import dev.watchword.otp.lifecycle.spi.MeasuredOperation;
import dev.watchword.otp.lifecycle.spi.ReencryptedEnrolment;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Values with equal parts are equal and have equal texts, and each part counts. Each test has the variations of one
 * class. Each variation differs from an earlier one in one part.
 */
class EqualityTest {
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
    private static final Instant SOON = NOW.plus(Duration.ofDays(30));
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Holder TARO = new Holder("taro");
    private static final Holder HANAKO = new Holder("hanako");
    private static final UserId USER = new UserId("999800000001");
    private static final UserId OTHER_USER = new UserId("999800000002");
    private static final MailAddress MAIL = new MailAddress("taro@bank.example");
    private static final SerialNumber SERIAL = new SerialNumber("101199980021");
    private static final SerialNumber OTHER_SERIAL = new SerialNumber("101199980022");
    private static final SealedSecret SECRET = new SealedSecret("key", new byte[] {1});
    private static final SealedSecret OTHER_SECRET = new SealedSecret("key", new byte[] {2});
    private static final DeviceFingerprint DEVICE = new DeviceFingerprint("ab".repeat(32));
    private static final ChainLink LINK = new ChainLink("k", "0".repeat(64));
    private static final ChainLink OTHER_LINK = new ChainLink("k", "1".repeat(64));

    private static final Suspension LOST = Suspension.of(SuspensionReason.LOST, NOW, null);
    private static final Order PLACED =
            Order.builder().state(OrderState.PLACED).placedAt(NOW).build();
    private static final Order ASSIGNED = Order.builder()
            .state(OrderState.ASSIGNED)
            .placedAt(NOW)
            .assignedAt(NOW)
            .build();
    private static final Provisioning OPEN =
            Provisioning.builder().opensAt(NOW).closesAt(SOON).build();
    private static final Token APP = Token.builder()
            .serial(SERIAL)
            .kind(TokenKind.SOFTWARE)
            .profile(TotpProfile.BANK)
            .state(TokenState.ISSUED)
            .secret(SECRET)
            .issuedAt(NOW)
            .expiresAt(SOON)
            .provisioning(OPEN)
            .build();
    private static final Token IN_USE = APP.toBuilder().state(TokenState.ACTIVE).build();
    private static final Token HARDWARE_TOKEN =
            APP.toBuilder().kind(TokenKind.HARDWARE).provisioning(null).build();
    private static final Pending WAITING =
            Pending.builder().token(APP).lapsesAt(SOON).build();
    private static final MailCode CODE = MailCode.builder()
            .hash(SECRET)
            .operation(Operation.ISSUE)
            .destination(MAIL)
            .sentAt(NOW)
            .expiresAt(SOON)
            .build();
    private static final OpenProof PROOF = OpenProof.builder()
            .hash("a".repeat(64))
            .operation(Operation.REVOKE)
            .serial(SERIAL)
            .expiresAt(SOON)
            .build();
    private static final OpenRequest ASKED = OpenRequest.builder()
            .id(new RequestId("a".repeat(32)))
            .method(SigningMethod.APP)
            .serial(SERIAL)
            .purpose(Purpose.FUNDS_TRANSFER)
            .nonce("b".repeat(32))
            .digest("c".repeat(64))
            .expiresAt(SOON)
            .build();
    private static final SigningKey SIGNING = SigningKey.builder()
            .suite(OcraSuite.parse("OCRA-1:HOTP-SHA1-6:C-QN08-T1M"))
            .secret(SECRET)
            .build();
    private static final BackupCodeSet CODES =
            BackupCodeSet.builder().hashes(SECRET).unused(1).createdAt(NOW).build();
    private static final Credentials CREDENTIALS =
            Credentials.builder().password(SECRET).build();
    private static final StockedToken STOCKED = StockedToken.builder()
            .batch(new BatchId("delivery-1"))
            .serial(SERIAL)
            .profile(TotpProfile.BANK)
            .secret(SECRET)
            .expiresAt(SOON)
            .build();
    private static final Enrolment ENROLMENT = Enrolment.builder()
            .serviceId(new ServiceId("10112235"))
            .holder(TARO)
            .version(3)
            .userId(USER)
            .eventCount(4)
            .head(LINK)
            .build();
    private static final TokenEvent EVENT =
            TokenEvent.builder().number(5).at(NOW).type(EventType.CANCELLED).build();

    private static List<Supplier<List<?>>> classes() {
        return List.of(
                EqualityTest::suspensions,
                EqualityTest::failures,
                EqualityTest::orders,
                EqualityTest::provisionings,
                EqualityTest::tokens,
                EqualityTest::pendings,
                EqualityTest::mailCodes,
                EqualityTest::openProofs,
                EqualityTest::openRequests,
                EqualityTest::signingKeys,
                EqualityTest::signingPolicies,
                EqualityTest::backupCodeSets,
                EqualityTest::backupCodes,
                EqualityTest::backupCodePolicies,
                EqualityTest::credentials,
                EqualityTest::stockedTokens,
                EqualityTest::enrolments,
                EqualityTest::events,
                EqualityTest::recordedEvents,
                EqualityTest::changes,
                EqualityTest::reencryptedEnrolments,
                EqualityTest::tokenInfos,
                EqualityTest::pendingInfos,
                EqualityTest::requestInfos,
                EqualityTest::registrations,
                EqualityTest::listedTokens,
                EqualityTest::listedHolders,
                EqualityTest::listedPendings,
                EqualityTest::listedStock,
                EqualityTest::tokenCounts,
                EqualityTest::measuredOperations,
                EqualityTest::results,
                EqualityTest::bulkJobs,
                EqualityTest::feeds,
                EqualityTest::keys,
                EqualityTest::codePolicies,
                EqualityTest::otherPolicies,
                EqualityTest::tokenPolicies);
    }

    @ParameterizedTest
    @MethodSource("classes")
    void valuesAreEqualByTheirParts(Supplier<List<?>> variations) {
        assertEqualByTheirParts(variations);
    }

    @Test
    void deliveriesAreEqualByTheirParts() {
        RuntimeException down = new IllegalStateException("the mail server is down");
        RuntimeException full = new IllegalStateException("the disk is full");
        assertEqualByTheirParts(() -> {
            FailedDelivery failed = FailedDelivery.of(TARO, 1, down);
            return List.of(
                    failed,
                    FailedDelivery.of(HANAKO, 1, down),
                    FailedDelivery.of(TARO, 2, down),
                    FailedDelivery.of(TARO, 1, full),
                    failed.asParked(),
                    Delivered.of(0, List.of()),
                    Delivered.of(1, List.of()),
                    Delivered.of(0, List.of(failed)),
                    Delivered.of(0, List.of()).withPause(NOW),
                    Delivered.of(0, List.of()).withPause(NOW.plusSeconds(1)));
        });
    }

    private static void assertEqualByTheirParts(Supplier<List<?>> variations) {
        List<?> once = variations.get();
        List<?> again = variations.get();
        for (int i = 0; i < once.size(); i++) {
            for (int j = 0; j < once.size(); j++) {
                assertEquals(i == j, once.get(i).equals(again.get(j)), once.get(i) + " and " + again.get(j));
            }
            assertEquals(once.get(i), once.get(i));
            assertEquals(once.get(i).hashCode(), again.get(i).hashCode());
            assertEquals(once.get(i).toString(), again.get(i).toString());
            assertNotEquals("another type", once.get(i));
        }
        assertTrue(once.stream().map(value -> value.hashCode()).distinct().count() > once.size() / 2);
    }

    /** A builder copies all parts, so a copy is equal. */
    @Test
    void copiesAreEqual() {
        orders().forEach(value -> assertEquals(value, value.toBuilder().build()));
        provisionings().forEach(value -> assertEquals(value, value.toBuilder().build()));
        tokens().forEach(value -> assertEquals(value, value.toBuilder().build()));
        pendings().forEach(value -> assertEquals(value, value.toBuilder().build()));
        mailCodes().forEach(value -> assertEquals(value, value.toBuilder().build()));
        credentials().forEach(value -> assertEquals(value, value.toBuilder().build()));
        stockedTokens().forEach(value -> assertEquals(value, value.toBuilder().build()));
        enrolments().forEach(value -> assertEquals(value, value.toBuilder().build()));
        events().forEach(value -> assertEquals(value, value.toBuilder().build()));
        codePolicies().forEach(value -> assertEquals(value, value.toBuilder().build()));
        locks().forEach(value -> assertEquals(value, value.toBuilder().build()));
        lookAheads().forEach(value -> assertEquals(value, value.toBuilder().build()));
        software().forEach(value -> assertEquals(value, value.toBuilder().build()));
        renewals().forEach(value -> assertEquals(value, value.toBuilder().build()));
        confirmations().forEach(value -> assertEquals(value, value.toBuilder().build()));
        hashings().forEach(value -> assertEquals(value, value.toBuilder().build()));
        openRequests().forEach(value -> assertEquals(value, value.toBuilder().build()));
        signingKeys().forEach(value -> assertEquals(value, value.toBuilder().build()));
        signingPolicies().forEach(value -> assertEquals(value, value.toBuilder().build()));
    }

    private static List<OpenRequest> openRequests() {
        OpenRequest typed = ASKED.toBuilder()
                .method(SigningMethod.TYPED_DETAIL)
                .detail("payee")
                .build();
        return List.of(
                ASKED.toBuilder().build(),
                ASKED.toBuilder().id(new RequestId("b".repeat(32))).build(),
                ASKED.toBuilder().method(SigningMethod.PLAIN_CODE).build(),
                ASKED.toBuilder().serial(OTHER_SERIAL).build(),
                ASKED.toBuilder().purpose(Purpose.CUSTOMER_DATA).build(),
                ASKED.toBuilder().nonce("d".repeat(32)).build(),
                ASKED.toBuilder().digest("d".repeat(64)).build(),
                ASKED.toBuilder().expiresAt(NOW).build(),
                typed,
                typed.toBuilder().detail("payer").build());
    }

    private static List<SigningKey> signingKeys() {
        return List.of(
                SIGNING.toBuilder().build(),
                SIGNING.toBuilder()
                        .suite(OcraSuite.parse("OCRA-1:HOTP-SHA1-8:C-QN08-T1M"))
                        .build(),
                SIGNING.toBuilder().secret(OTHER_SECRET).build(),
                SIGNING.toBuilder().nextCounter(1).build(),
                SIGNING.toBuilder().counterUnknown(true).build(),
                SIGNING.toBuilder().lastStep(1).build());
    }

    private static List<SigningPolicy> signingPolicies() {
        return List.of(
                SigningPolicy.NONE,
                SigningPolicy.BANK,
                SigningPolicy.NONE.toBuilder().lifetime(Duration.ofMinutes(9)).build(),
                SigningPolicy.NONE.toBuilder().openRequests(4).build(),
                SigningPolicy.NONE.toBuilder()
                        .typedDetail(TypedDetail.of("payee", 7))
                        .build(),
                SigningPolicy.NONE.toBuilder().plainCodes(true).build());
    }

    private static List<Suspension> suspensions() {
        return List.of(
                Suspension.of(SuspensionReason.LOST, NOW, null),
                Suspension.of(SuspensionReason.STOLEN, NOW, null),
                Suspension.of(SuspensionReason.LOST, SOON, null),
                Suspension.of(SuspensionReason.LOST, NOW, new Operator("helpdesk-7")));
    }

    private static List<Failures> failures() {
        return List.of(
                Failures.of(0, 0, null),
                Failures.of(0, 1, NOW),
                Failures.of(1, 1, NOW),
                Failures.of(1, 2, NOW),
                Failures.of(1, 1, SOON));
    }

    private static List<Order> orders() {
        Order sent = ASSIGNED.toBuilder().state(OrderState.SENT).sentAt(NOW).build();
        return List.of(
                PLACED.toBuilder().build(),
                PLACED.toBuilder().placedAt(SOON).build(),
                ASSIGNED.toBuilder().build(),
                ASSIGNED.toBuilder().assignedAt(SOON).build(),
                sent,
                sent.toBuilder().sentAt(SOON).build());
    }

    private static List<Provisioning> provisionings() {
        Provisioning done = OPEN.toBuilder().provisionedAt(NOW).device(DEVICE).build();
        return List.of(
                OPEN.toBuilder().build(),
                OPEN.toBuilder().password(SECRET).build(),
                OPEN.toBuilder().password(OTHER_SECRET).build(),
                OPEN.toBuilder().failures(1).build(),
                OPEN.toBuilder().opensAt(SOON).build(),
                OPEN.toBuilder().closesAt(NOW).build(),
                done,
                done.toBuilder().provisionedAt(SOON).build(),
                done.toBuilder().device(new DeviceFingerprint("cd".repeat(32))).build());
    }

    private static List<Token> tokens() {
        Token revoked = IN_USE.toBuilder()
                .state(TokenState.REVOKED)
                .revokedAt(NOW)
                .secret(null)
                .build();
        return List.of(
                APP.toBuilder().build(),
                APP.toBuilder().serial(OTHER_SERIAL).build(),
                APP.toBuilder().profile(TotpProfile.AUTHENTICATOR_APP).build(),
                APP.toBuilder().secret(OTHER_SECRET).build(),
                APP.toBuilder().issuedAt(SOON).build(),
                APP.toBuilder().expiresAt(NOW).build(),
                APP.toBuilder().codes(new CodeState(1, 0)).build(),
                APP.toBuilder().failures(Failures.of(1, 1, NOW)).build(),
                APP.toBuilder().suspension(LOST).build(),
                APP.toBuilder()
                        .provisioning(OPEN.toBuilder().failures(1).build())
                        .build(),
                HARDWARE_TOKEN.toBuilder().build(),
                IN_USE.toBuilder().build(),
                IN_USE.toBuilder().signing(SIGNING).build(),
                IN_USE.toBuilder().activatedAt(NOW).build(),
                IN_USE.toBuilder().lastAcceptedOn(LocalDate.EPOCH).build(),
                IN_USE.toBuilder().lastAcceptedOn(LocalDate.of(2026, 11, 23)).build(),
                IN_USE.toBuilder().activatedAt(SOON).build(),
                revoked,
                revoked.toBuilder().revokedAt(SOON).build());
    }

    private static List<Pending> pendings() {
        return List.of(
                WAITING.toBuilder().build(),
                WAITING.toBuilder().lapsesAt(NOW).build(),
                WAITING.toBuilder()
                        .token(APP.toBuilder().serial(OTHER_SERIAL).build())
                        .build(),
                Pending.builder().order(PLACED).lapsesAt(SOON).build(),
                Pending.builder()
                        .order(ASSIGNED)
                        .token(HARDWARE_TOKEN)
                        .lapsesAt(SOON)
                        .build());
    }

    private static List<MailCode> mailCodes() {
        return List.of(
                CODE.toBuilder().build(),
                CODE.toBuilder().hash(OTHER_SECRET).build(),
                CODE.toBuilder().operation(Operation.CANCEL).build(),
                CODE.toBuilder()
                        .destination(new MailAddress("hanako@bank.example"))
                        .build(),
                CODE.toBuilder().sentAt(SOON).build(),
                CODE.toBuilder().expiresAt(NOW).build());
    }

    private static List<OpenProof> openProofs() {
        return List.of(
                PROOF.toBuilder().build(),
                PROOF.toBuilder().hash("b".repeat(64)).build(),
                PROOF.toBuilder().operation(Operation.CANCEL).build(),
                PROOF.toBuilder().serial(null).build(),
                PROOF.toBuilder().expiresAt(NOW).build());
    }

    private static List<BackupCodeSet> backupCodeSets() {
        return List.of(
                CODES.toBuilder().build(),
                CODES.toBuilder().hashes(new SealedSecret("k", new byte[] {9})).build(),
                CODES.toBuilder().unused(3).build(),
                CODES.toBuilder().failures(1).build(),
                CODES.toBuilder().createdAt(SOON).build(),
                CODES.toBuilder().expiresAt(SOON).build());
    }

    private static List<BackupCodes> backupCodes() {
        return List.of(
                BackupCodes.NONE,
                BackupCodes.builder().recovery(CODES).build(),
                BackupCodes.builder()
                        .emergency(CODES.toBuilder().expiresAt(SOON).build())
                        .build(),
                BackupCodes.builder().failuresSinceAccepted(1).build());
    }

    private static List<BackupCodePolicy> backupCodePolicies() {
        BackupCodePolicy standard = BackupCodePolicy.STANDARD;
        return List.of(
                standard.toBuilder().build(),
                standard.toBuilder().emergencyLifetime(HOUR).build(),
                standard.toBuilder().emergencyCount(2).build(),
                standard.toBuilder().emergencyForm(EmergencyCodeForm.SHORT).build(),
                standard.toBuilder().emergencyTries(4).build(),
                standard.toBuilder().recoveryCount(9).build(),
                standard.toBuilder().recoveryTries(4).build(),
                standard.toBuilder().diesWithAcceptedCode(false).build());
    }

    private static List<Credentials> credentials() {
        return List.of(
                CREDENTIALS.toBuilder().build(),
                CREDENTIALS.toBuilder().password(null).build(),
                CREDENTIALS.toBuilder().password(OTHER_SECRET).build(),
                CREDENTIALS.toBuilder().passwordFailures(1).build(),
                CREDENTIALS.toBuilder().mailCode(CODE).build(),
                CREDENTIALS.toBuilder().mailCodeFailures(1).build());
    }

    private static List<StockedToken> stockedTokens() {
        return List.of(
                STOCKED.toBuilder().build(),
                STOCKED.toBuilder().batch(new BatchId("delivery-2")).build(),
                STOCKED.toBuilder().serial(OTHER_SERIAL).build(),
                STOCKED.toBuilder()
                        .profile(HotpProfile.STANDARD)
                        .codes(CodeState.ofNextCounter(0))
                        .build(),
                STOCKED.toBuilder().secret(OTHER_SECRET).build(),
                STOCKED.toBuilder().startsAt(NOW).build(),
                STOCKED.toBuilder().expiresAt(SOON.plus(HOUR)).build(),
                STOCKED.toBuilder().codes(new CodeState(1, 0)).build(),
                STOCKED.toBuilder().signing(SIGNING).build());
    }

    private static List<Enrolment> enrolments() {
        return List.of(
                ENROLMENT.toBuilder().build(),
                ENROLMENT.toBuilder().serviceId(new ServiceId("10112236")).build(),
                ENROLMENT.toBuilder().holder(HANAKO).build(),
                ENROLMENT.toBuilder().version(4).build(),
                ENROLMENT.toBuilder().userId(OTHER_USER).build(),
                ENROLMENT.toBuilder().token(IN_USE).build(),
                ENROLMENT.toBuilder().pending(WAITING).build(),
                ENROLMENT.toBuilder().softwareEndedAt(NOW).build(),
                ENROLMENT.toBuilder().mailAddress(MAIL).build(),
                ENROLMENT.toBuilder().credentials(CREDENTIALS).build(),
                ENROLMENT.toBuilder().proof(PROOF).build(),
                ENROLMENT.toBuilder().token(IN_USE).requests(List.of(ASKED)).build(),
                ENROLMENT.toBuilder()
                        .backupCodes(BackupCodes.builder().recovery(CODES).build())
                        .build(),
                ENROLMENT.toBuilder().eventCount(5).build(),
                ENROLMENT.toBuilder().head(OTHER_LINK).build(),
                ENROLMENT.toBuilder().rowMac(new RowMac(new byte[] {1, 2})).build(),
                ENROLMENT.toBuilder().rowMac(new RowMac(new byte[] {1, 3})).build());
    }

    private static List<TokenEvent> events() {
        return List.of(
                EVENT.toBuilder().build(),
                EVENT.toBuilder().number(6).build(),
                EVENT.toBuilder().at(SOON).build(),
                EVENT.toBuilder().type(EventType.REVOKED).build(),
                EVENT.toBuilder().serial(SERIAL).build(),
                EVENT.toBuilder().purpose(Purpose.LOGIN).build(),
                EVENT.toBuilder().operator(new Operator("helpdesk-7")).build(),
                EVENT.toBuilder().suspensionReason(SuspensionReason.LOST).build(),
                EVENT.toBuilder().reason("asked to").build(),
                EVENT.toBuilder().request(ASKED.reference()).build());
    }

    private static List<RecordedEvent> recordedEvents() {
        return List.of(
                RecordedEvent.of(EVENT, null, LINK),
                RecordedEvent.of(EVENT.toBuilder().number(6).build(), null, LINK),
                RecordedEvent.of(EVENT, "2".repeat(64), LINK),
                RecordedEvent.of(EVENT, null, OTHER_LINK));
    }

    private static EnrolmentChange.Builder change() {
        RecordedEvent event = RecordedEvent.of(EVENT, null, LINK);
        return EnrolmentChange.builder()
                .id(new UUID(0, 0))
                .before(ENROLMENT)
                .after(ENROLMENT.toBuilder().version(4).eventCount(5).build())
                .events(List.of(event));
    }

    private static List<EnrolmentChange> changes() {
        Token revoked = IN_USE.toBuilder()
                .state(TokenState.REVOKED)
                .revokedAt(NOW)
                .secret(null)
                .build();
        Enrolment before = ENROLMENT.toBuilder().token(IN_USE).build();
        return List.of(
                change().build(),
                change().id(new UUID(0, 1)).build(),
                change().before(ENROLMENT.toBuilder().mailAddress(MAIL).build()).build(),
                change().after(ENROLMENT.toBuilder()
                                .version(4)
                                .eventCount(5)
                                .mailAddress(MAIL)
                                .build())
                        .build(),
                change().events(List.of(
                                RecordedEvent.of(EVENT.toBuilder().at(SOON).build(), null, LINK)))
                        .build(),
                change().before(before).ended(List.of(revoked)).build(),
                change().before(before)
                        .ended(List.of(revoked.toBuilder().revokedAt(SOON).build()))
                        .build());
    }

    private static List<ReencryptedEnrolment> reencryptedEnrolments() {
        Enrolment after = ENROLMENT.toBuilder().version(4).build();
        return List.of(
                ReencryptedEnrolment.of(ENROLMENT, after),
                ReencryptedEnrolment.of(ENROLMENT.toBuilder().mailAddress(MAIL).build(), after),
                ReencryptedEnrolment.of(
                        ENROLMENT, after.toBuilder().mailAddress(MAIL).build()));
    }

    private static TokenInfo.Builder info() {
        return TokenInfo.builder()
                .kind(TokenKind.SOFTWARE)
                .serial(SERIAL)
                .issuedAt(NOW)
                .expiresAt(SOON);
    }

    private static List<TokenInfo> tokenInfos() {
        return List.of(
                info().build(),
                info().kind(TokenKind.HARDWARE).build(),
                info().serial(OTHER_SERIAL).build(),
                info().issuedAt(SOON).build(),
                info().provisionedAt(NOW).build(),
                info().activatedAt(NOW).build(),
                info().expiresAt(NOW).build(),
                info().lastAcceptedOn(LocalDate.EPOCH).build(),
                info().canSign(true).build(),
                info().suspension(LOST).build());
    }

    private static PendingInfo.Builder pendingInfo() {
        return PendingInfo.builder().kind(TokenKind.SOFTWARE).lapsesAt(SOON);
    }

    private static List<PendingInfo> pendingInfos() {
        return List.of(
                pendingInfo().build(),
                pendingInfo().kind(TokenKind.HARDWARE).build(),
                pendingInfo().order(PLACED).build(),
                pendingInfo().token(info().build()).build(),
                pendingInfo().provisionableFrom(NOW).build(),
                pendingInfo().lapsesAt(NOW).build());
    }

    private static RequestInfo.Builder requestInfo() {
        return RequestInfo.builder()
                .id(ASKED.id())
                .purpose(ASKED.purpose())
                .method(ASKED.method())
                .expiresAt(SOON);
    }

    private static List<RequestInfo> requestInfos() {
        return List.of(
                requestInfo().build(),
                requestInfo().id(new RequestId("b".repeat(32))).build(),
                requestInfo().purpose(Purpose.CUSTOMER_DATA).build(),
                requestInfo().method(SigningMethod.PLAIN_CODE).build(),
                requestInfo().expiresAt(NOW).build());
    }

    private static Registration.Builder registration() {
        return Registration.builder()
                .serviceId(ENROLMENT.serviceId())
                .holder(TARO)
                .status(RegistrationStatus.ISSUED);
    }

    private static List<Registration> registrations() {
        return List.of(
                registration().build(),
                registration().serviceId(new ServiceId("10112236")).build(),
                registration().holder(HANAKO).build(),
                registration().status(RegistrationStatus.ACTIVE).build(),
                registration().userId(USER).build(),
                registration().token(info().build()).build(),
                registration().pending(pendingInfo().build()).build(),
                registration().loginAsksForCode(true).build(),
                registration().openRequests(List.of(requestInfo().build())).build());
    }

    private static List<TokenCount> tokenCounts() {
        return List.of(
                TokenCount.of(TokenKind.SOFTWARE, TokenState.ACTIVE, 3, 1),
                TokenCount.of(TokenKind.HARDWARE, TokenState.ACTIVE, 3, 1),
                TokenCount.of(TokenKind.SOFTWARE, TokenState.ISSUED, 3, 1),
                TokenCount.of(TokenKind.SOFTWARE, TokenState.ACTIVE, 4, 1),
                TokenCount.of(TokenKind.SOFTWARE, TokenState.ACTIVE, 3, 2));
    }

    private static List<ListedToken> listedTokens() {
        TokenInfo info = info().build();
        return List.of(
                ListedToken.of(TARO, USER, null, info),
                ListedToken.of(HANAKO, USER, null, info),
                ListedToken.of(TARO, OTHER_USER, null, info),
                ListedToken.of(TARO, USER, MAIL, info),
                ListedToken.of(TARO, USER, null, info().issuedAt(SOON).build()));
    }

    private static HolderSuspension.Builder holderSuspension() {
        return HolderSuspension.builder()
                .reason(SuspensionReason.OTHER)
                .since(NOW)
                .operator(new Operator("o"));
    }

    private static List<ListedHolder> listedHolders() {
        HolderSuspension suspension = holderSuspension().build();
        return List.of(
                ListedHolder.of(TARO, null, suspension),
                ListedHolder.of(HANAKO, null, suspension),
                ListedHolder.of(TARO, USER, suspension),
                ListedHolder.of(TARO, null, holderSuspension().since(SOON).build()));
    }

    private static List<ListedPending> listedPendings() {
        PendingInfo info = pendingInfo().build();
        return List.of(
                ListedPending.of(TARO, USER, null, info),
                ListedPending.of(HANAKO, USER, null, info),
                ListedPending.of(TARO, OTHER_USER, null, info),
                ListedPending.of(TARO, USER, MAIL, info),
                ListedPending.of(TARO, USER, null, pendingInfo().lapsesAt(NOW).build()));
    }

    private static List<ListedStock> listedStock() {
        BatchId batch = new BatchId("delivery-1");
        return List.of(
                ListedStock.of(SERIAL, batch, null),
                ListedStock.of(OTHER_SERIAL, batch, null),
                ListedStock.of(SERIAL, new BatchId("delivery-2"), null),
                ListedStock.of(SERIAL, batch, TARO),
                ListedStock.inStock(SERIAL, batch, NOW, false),
                ListedStock.inStock(SERIAL, batch, SOON, false),
                ListedStock.inStock(SERIAL, batch, NOW, true));
    }

    private static MeasuredOperation.Builder measured() {
        return MeasuredOperation.builder()
                .serviceId(new ServiceId("10112235"))
                .operation("verify")
                .tries(1)
                .time(Duration.ZERO);
    }

    private static List<MeasuredOperation> measuredOperations() {
        return List.of(
                measured().build(),
                measured().serviceId(new ServiceId("10112236")).build(),
                measured().operation("revoke").build(),
                measured().refusal(Refusal.WRONG_CODE).build(),
                measured().failed(true).build(),
                measured().tries(2).build(),
                measured().time(HOUR).build());
    }

    private static List<?> results() {
        BadRecord record = new BadRecord(new Place(1, null, 2, 3, "x"), RecordProblem.NO_EXPIRY, "no expiry");
        BadRecords none = new BadRecords(List.of(), 0);
        HistoryFinding finding = HistoryFinding.of(1, HistoryFault.ALTERED);
        return List.of(
                Archived.of(0, 0, 0, List.of()),
                Archived.of(1, 0, 0, List.of()),
                Archived.of(0, 1, 0, List.of()),
                Archived.of(0, 0, 1, List.of()),
                Archived.of(0, 0, 0, List.of(new Holder("taro"))),
                Archived.of(0, 0, 0, List.of())
                        .withWaiting(List.of(HeldHistory.of(TARO, new ConsumerName("mail"), 1, null))),
                finding,
                HistoryFinding.of(2, HistoryFault.ALTERED),
                HistoryFinding.of(1, HistoryFault.MISSING),
                HistoryVerdict.of(1, 2, List.of()),
                HistoryVerdict.of(2, 2, List.of()),
                HistoryVerdict.of(1, 1, List.of()),
                HistoryVerdict.of(1, 2, List.of(finding)),
                Imported.of(new BatchId("b"), 1),
                Imported.of(new BatchId("c"), 1),
                Imported.of(new BatchId("b"), 2),
                Migrated.of(0, 0, none, Map.of()),
                Migrated.of(1, 0, none, Map.of()),
                Migrated.of(0, 1, none, Map.of()),
                Migrated.of(0, 0, new BadRecords(List.of(record), 1), Map.of()),
                Migrated.of(0, 0, none, Map.of(RecordProblem.DRIFT, 1L)),
                Reencrypted.of(0, 0),
                Reencrypted.of(1, 0),
                Reencrypted.of(0, 1),
                Reencrypted.of(0, 0, List.of(TARO), List.of()),
                Reencrypted.of(0, 0, List.of(), List.of(SERIAL)));
    }

    private static List<?> bulkJobs() {
        Operator operator = new Operator("helpdesk-7");
        return List.of(
                Origin.NONE,
                Origin.NONE.source("x"),
                Origin.NONE.source("y"),
                Origin.NONE.reference("x"),
                Origin.NONE.source("x").reference("x"),
                Withdrawal.of(NOW, operator, "x"),
                Withdrawal.of(SOON, operator, "x"),
                Withdrawal.of(NOW, new Operator("x"), "x"),
                Withdrawal.of(NOW, operator, "y"),
                BulkItem.of(TARO, SERIAL),
                BulkItem.of(HANAKO, SERIAL),
                BulkItem.of(TARO, OTHER_SERIAL),
                BulkItem.of(TARO, null),
                BulkItem.of(null, SERIAL),
                BulkResult.of(0, 0, List.of()),
                BulkResult.of(1, 0, List.of()),
                BulkResult.of(0, 1, List.of()),
                BulkResult.of(0, 0, List.of(TARO)));
    }

    private static List<?> keys() {
        CheckedKey key = CheckedKey.of(KeyUse.SEAL, "a", true, KeyState.RIGHT);
        return List.of(
                KeyCheck.of(KeyUse.SEAL, "a", "00".repeat(16)),
                KeyCheck.of(KeyUse.HISTORY, "a", "00".repeat(16)),
                KeyCheck.of(KeyUse.SEAL, "b", "00".repeat(16)),
                KeyCheck.of(KeyUse.SEAL, "a", "01".repeat(16)),
                key,
                CheckedKey.of(KeyUse.HISTORY, "a", true, KeyState.RIGHT),
                CheckedKey.of(KeyUse.SEAL, "b", true, KeyState.RIGHT),
                CheckedKey.of(KeyUse.SEAL, "a", false, KeyState.RIGHT),
                CheckedKey.of(KeyUse.SEAL, "a", true, KeyState.WRONG),
                KeyReport.of(List.of()),
                KeyReport.of(List.of(key)));
    }

    private static List<CodePolicy> codePolicies() {
        CodePolicy bank = CodePolicy.BANK;
        return List.of(
                bank.toBuilder().build(),
                bank.toBuilder().profile(TotpProfile.AUTHENTICATOR_APP).build(),
                bank.toBuilder().window(new TotpWindow(2, 2)).build(),
                bank.toBuilder().activationWindow(new TotpWindow(3, 3)).build(),
                bank.toBuilder().driftCap(21).build(),
                bank.toBuilder().resynchronisationRange(19).build(),
                bank.toBuilder()
                        .lookAhead(LookAhead.STANDARD.toBuilder().atLogin(9).build())
                        .build());
    }

    private static List<LookAhead> lookAheads() {
        LookAhead standard = LookAhead.STANDARD;
        return List.of(
                standard.toBuilder().build(),
                standard.toBuilder().atLogin(9).build(),
                standard.toBuilder().atActivation(49).build(),
                standard.toBuilder().toResynchronise(199).build());
    }

    private static List<LockPolicy> locks() {
        LockPolicy slow = LockPolicy.STANDARD.toBuilder()
                .firstDelay(Duration.ofSeconds(1))
                .greatestDelay(HOUR)
                .build();
        return List.of(
                slow,
                slow.toBuilder().failureLimit(4).build(),
                slow.toBuilder().failureCeiling(99).build(),
                slow.toBuilder().firstDelay(Duration.ofSeconds(2)).build(),
                slow.toBuilder().greatestDelay(Duration.ofMinutes(5)).build());
    }

    private static List<SoftwarePolicy> software() {
        SoftwarePolicy bank = SoftwarePolicy.BANK;
        return List.of(
                bank.toBuilder().build(),
                bank.toBuilder().lifetime(Duration.ofDays(1)).build(),
                bank.toBuilder().generatedPassword(true).build(),
                bank.toBuilder().passwordTries(4).build(),
                bank.toBuilder().passwordLifetime(HOUR).build(),
                bank.toBuilder().grace(HOUR).build(),
                bank.toBuilder().provisioningWait(ProvisioningWait.NONE).build());
    }

    private static List<RenewalPolicy> renewals() {
        RenewalPolicy bank = RenewalPolicy.BANK;
        return List.of(
                bank.toBuilder().build(),
                bank.toBuilder().kinds(Set.of(TokenKind.SOFTWARE)).build(),
                bank.toBuilder().lead(HOUR).build());
    }

    private static List<ConfirmationPolicy> confirmations() {
        ConfirmationPolicy bank = ConfirmationPolicy.BANK;
        return List.of(
                bank.toBuilder().build(),
                bank.toBuilder()
                        .factors(ConfirmationPolicy.BY_APPLICATION.factors())
                        .build(),
                bank.toBuilder().passwordKeeper(PasswordKeeper.APPLICATION).build(),
                bank.toBuilder().passwordTries(4).build(),
                bank.toBuilder().mailCodeTries(4).build(),
                bank.toBuilder().mailCodeLifetime(Duration.ofMinutes(9)).build(),
                bank.toBuilder().proofLifetime(Duration.ofMinutes(9)).build());
    }

    private static List<?> feeds() {
        ConsumerName mail = new ConsumerName("mail");
        DeliveryError error = new DeliveryError("example.Broken", "no such address");
        DeliveryError other = new DeliveryError("example.Broken", null);
        Instant later = NOW.plusSeconds(1);
        Operator operator = new Operator("helpdesk-7");
        FeedPolicy policy = FeedPolicy.STANDARD;
        return List.of(
                ParkedStream.of(TARO, 1, 2, NOW, error),
                ParkedStream.of(HANAKO, 1, 2, NOW, error),
                ParkedStream.of(TARO, 2, 2, NOW, error),
                ParkedStream.of(TARO, 1, 3, NOW, error),
                ParkedStream.of(TARO, 1, 2, later, error),
                ParkedStream.of(TARO, 1, 2, NOW, other),
                FeedDecision.of(FeedDecision.Kind.SKIP, 1, NOW, operator, "x"),
                FeedDecision.of(FeedDecision.Kind.RETRY, 1, NOW, operator, "x"),
                FeedDecision.of(FeedDecision.Kind.SKIP, 2, NOW, operator, "x"),
                FeedDecision.of(FeedDecision.Kind.SKIP, 1, later, operator, "x"),
                FeedDecision.of(FeedDecision.Kind.SKIP, 1, NOW, new Operator("x"), "x"),
                FeedDecision.of(FeedDecision.Kind.SKIP, 1, NOW, operator, null),
                FeedPosition.of(mail, 1, error),
                FeedPosition.of(new ConsumerName("limits"), 1, error),
                FeedPosition.of(mail, 2, error),
                FeedPosition.of(mail, 1, null),
                HeldHistory.of(TARO, mail, 1, error),
                HeldHistory.of(HANAKO, mail, 1, error),
                HeldHistory.of(TARO, new ConsumerName("limits"), 1, error),
                HeldHistory.of(TARO, mail, 2, error),
                HeldHistory.of(TARO, mail, 1, null),
                ConsumerState.of(null),
                ConsumerState.of(NOW),
                FeedPlace.of(1, false),
                FeedPlace.of(2, false),
                FeedPlace.of(1, true),
                FailureCount.of(1, 2, 3, NOW),
                FailureCount.of(2, 2, 3, NOW),
                FailureCount.of(1, 3, 3, NOW),
                FailureCount.of(1, 2, 4, NOW),
                FailureCount.of(1, 2, 3, null),
                policy.toBuilder().build(),
                policy.withLease(Duration.ofHours(1)),
                policy.toBuilder().eventsOfHolder(7).build(),
                policy.toBuilder().attempts(7).build(),
                policy.toBuilder().firstDelay(Duration.ofSeconds(7)).build(),
                policy.toBuilder().longestDelay(Duration.ofHours(7)).build(),
                policy.toBuilder().failingHolders(7).build());
    }

    private static List<HashingPolicy> hashings() {
        HashingPolicy standard = HashingPolicy.STANDARD;
        return List.of(
                standard.toBuilder().build(),
                standard.toBuilder().memoryKib(8).build(),
                standard.toBuilder().passes(9).build(),
                standard.toBuilder().longestWait(Duration.ZERO).build());
    }

    private static List<?> otherPolicies() {
        return Stream.of(lookAheads(), locks(), software(), renewals(), confirmations(), hashings(), serialForms())
                .flatMap(values -> values.stream())
                .toList();
    }

    private static List<SerialForm> serialForms() {
        return List.of(
                SerialForm.digits(8, 12),
                SerialForm.digits(8, 11),
                SerialForm.digits(9, 12),
                SerialForm.digits(1, 64),
                SerialForm.GENERAL);
    }

    private static List<TokenPolicy> tokenPolicies() {
        TokenPolicy bank = TokenPolicy.BANK;
        return List.of(
                bank,
                bank.withCodes(CodePolicy.AUTHENTICATOR_APP),
                bank.withLock(locks().get(0)),
                bank.withSoftware(SoftwarePolicy.GENERATED),
                bank.withRenewal(RenewalPolicy.ALL_KINDS),
                bank.withConfirmation(ConfirmationPolicy.BY_APPLICATION),
                bank.withHashing(hashings().get(1)),
                bank.withPendingLifetime(HOUR),
                bank.withZone(ZoneId.of("UTC")),
                bank.withSerials(SerialForm.GENERAL),
                bank.withBackupCodes(backupCodePolicies().get(1)));
    }
}
