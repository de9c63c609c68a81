package dev.watchword.otp.lifecycle.internal.sealing;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.HotpProfile;
import dev.watchword.otp.OcraSuite;
import dev.watchword.otp.OtpProfile;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.TotpWindow;
import dev.watchword.otp.lifecycle.model.BackupCodeSet;
import dev.watchword.otp.lifecycle.model.BackupCodes;
import dev.watchword.otp.lifecycle.model.ChainLink;
import dev.watchword.otp.lifecycle.model.CodeState;
import dev.watchword.otp.lifecycle.model.Credentials;
import dev.watchword.otp.lifecycle.model.DeviceFingerprint;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Failures;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.HolderSuspension;
import dev.watchword.otp.lifecycle.model.MailAddress;
import dev.watchword.otp.lifecycle.model.MailCode;
import dev.watchword.otp.lifecycle.model.OpenProof;
import dev.watchword.otp.lifecycle.model.OpenRequest;
import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Order;
import dev.watchword.otp.lifecycle.model.OrderState;
import dev.watchword.otp.lifecycle.model.Pending;
import dev.watchword.otp.lifecycle.model.Provisioning;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.RequestId;
import dev.watchword.otp.lifecycle.model.SealedSecret;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.SigningKey;
import dev.watchword.otp.lifecycle.model.SigningMethod;
import dev.watchword.otp.lifecycle.model.Suspension;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.model.TokenKind;
import dev.watchword.otp.lifecycle.model.TokenState;
import dev.watchword.otp.lifecycle.model.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Random valid enrolments, with and without each optional part. A full one has every optional part that fits. */
final class RandomEnrolments {
    private static final List<String> SUITES =
            List.of("OCRA-1:HOTP-SHA1-6:C-QN08-T1M", "OCRA-1:HOTP-SHA256-8:QH64", "OCRA-1:HOTP-SHA512-8:C-QA10");

    private static final List<String> TEXTS =
            List.of("taro", "O'Brien", "青森 太郎", "😀🏦", "e\u0301", "x".repeat(100), "信".repeat(90), "1", "-");

    private final Random random;
    private final boolean full;
    private int serials;

    private RandomEnrolments(long seed, boolean full) {
        random = new Random(seed);
        this.full = full;
    }

    static Enrolment of(long seed) {
        return new RandomEnrolments(seed, false).enrolment();
    }

    /** Returns an enrolment with every optional part. Its tokens are of different kinds and states for different seeds. */
    static Enrolment full(long seed) {
        return new RandomEnrolments(seed, true).enrolment();
    }

    private boolean maybe() {
        return full || random.nextBoolean();
    }

    private <T> @Nullable T orNull(Supplier<T> value) {
        return maybe() ? value.get() : null;
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private String text() {
        return pick(TEXTS);
    }

    private Instant instant() {
        return Instant.EPOCH.plus(random.nextLong(-1_000_000_000_000_000L, 4_000_000_000_000_000L), ChronoUnit.MICROS);
    }

    private String hex() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private SealedSecret sealed() {
        byte[] bytes = new byte[random.nextInt(1, 300)];
        random.nextBytes(bytes);
        return new SealedSecret(pick(List.of("k", "鍵", "key-1")), bytes);
    }

    private Enrolment enrolment() {
        Token token = orNull(() -> token(random.nextBoolean(), pick(List.of(TokenState.ACTIVE, TokenState.REVOKED))));
        Pending pending = orNull(this::pending);
        boolean needsUserId = token != null || pending != null;
        return Enrolment.builder()
                .serviceId(new ServiceId(Integer.toString(random.nextInt(10_000_000, 100_000_000))))
                .holder(new Holder(text()))
                .version(random.nextLong(1, Long.MAX_VALUE))
                .userId(
                        needsUserId || maybe()
                                ? new UserId(Long.toString(random.nextLong(100_000_000_000L, 1_000_000_000_000L)))
                                : null)
                .token(token)
                .pending(pending)
                .softwareEndedAt(orNull(this::instant))
                .suspension(orNull(() -> HolderSuspension.builder()
                        .reason(pick(List.of(SuspensionReason.FRAUD_SUSPECTED, SuspensionReason.OTHER)))
                        .since(instant())
                        .operator(new Operator(text()))
                        .loginAskedForCode(random.nextBoolean())
                        .build()))
                .mailAddress(orNull(this::address))
                .credentials(Credentials.builder()
                        .password(orNull(this::sealed))
                        .passwordFailures(random.nextInt(9))
                        .mailCode(orNull(() -> MailCode.builder()
                                .hash(sealed())
                                .operation(pick(List.of(Operation.values())))
                                .destination(address())
                                .sentAt(instant())
                                .expiresAt(instant())
                                .build()))
                        .mailCodeFailures(random.nextInt(9))
                        .build())
                .proof(orNull(() -> OpenProof.builder()
                        .hash(hex())
                        .operation(pick(List.of(Operation.values())))
                        .serial(orNull(() -> new SerialNumber("101199980021")))
                        .expiresAt(instant())
                        .build()))
                .requests(token != null && token.state() == TokenState.ACTIVE ? requests(token) : List.of())
                .backupCodes(BackupCodes.builder()
                        .emergency(
                                orNull(() -> backupCodes().expiresAt(instant()).build()))
                        .recovery(orNull(() -> backupCodes().build()))
                        .failuresSinceAccepted(random.nextInt(101))
                        .build())
                .eventCount(random.nextLong(1, Long.MAX_VALUE))
                .head(orNull(() -> new ChainLink(pick(List.of("k", "鍵")), hex())))
                .build();
    }

    private BackupCodeSet.Builder backupCodes() {
        return BackupCodeSet.builder()
                .hashes(sealed())
                .unused(random.nextInt(1, 1 << BackupCodeSet.MAX_CODES))
                .failures(random.nextInt(9))
                .createdAt(instant());
    }

    private MailAddress address() {
        return new MailAddress(pick(List.of("taro@bank.example", "a@b.example")));
    }

    private Pending pending() {
        boolean software = random.nextBoolean();
        Order order = software ? null : order();
        return Pending.builder()
                .order(order)
                .token(order != null && order.state() == OrderState.PLACED ? null : token(software, TokenState.ISSUED))
                .lapsesAt(instant())
                .build();
    }

    private Order order() {
        OrderState state = full ? OrderState.SENT : pick(List.of(OrderState.values()));
        return Order.builder()
                .state(state)
                .placedAt(instant())
                .assignedAt(state == OrderState.PLACED ? null : instant())
                .sentAt(state == OrderState.SENT ? instant() : null)
                .build();
    }

    private Token token(boolean software, TokenState state) {
        boolean revoked = state == TokenState.REVOKED;
        OtpProfile profile = software || random.nextBoolean() ? totp() : new HotpProfile(algorithm(), digits());
        boolean totp = profile instanceof TotpProfile;
        return Token.builder()
                .serial(new SerialNumber(Integer.toString(10_000_000 + 1000 * random.nextInt(9) + serials++)))
                .kind(software ? TokenKind.SOFTWARE : TokenKind.HARDWARE)
                .profile(profile)
                .state(state)
                .secret(revoked ? null : sealed())
                .issuedAt(instant())
                .activatedAt(orNull(this::instant))
                .revokedAt(revoked ? instant() : null)
                .expiresAt(instant())
                .codes(
                        totp
                                ? new CodeState(random.nextLong(), random.nextInt(TotpWindow.MAX_DRIFT))
                                : CodeState.ofNextCounter(random.nextLong(0, Long.MAX_VALUE)))
                .counterUnknown(!totp && random.nextBoolean())
                .lastAcceptedOn(orNull(() -> LocalDate.ofEpochDay(random.nextInt(-9_999, 99_999))))
                .failures(maybe() ? Failures.of(1 + random.nextInt(3), 9, instant()) : Failures.NONE)
                .suspension(orNull(() -> Suspension.of(
                        pick(List.of(SuspensionReason.values())), instant(), orNull(() -> new Operator(text())))))
                .provisioning(software ? provisioning(state) : null)
                .signing(revoked ? null : orNull(this::signing))
                .build();
    }

    private SigningKey signing() {
        OcraSuite suite = OcraSuite.parse(full ? "OCRA-1:HOTP-SHA1-6:C-QN08-T1M" : pick(SUITES));
        return SigningKey.builder()
                .suite(suite)
                .secret(sealed())
                .nextCounter(suite.hasCounter() ? random.nextLong(0, Long.MAX_VALUE) : 0)
                .counterUnknown(suite.hasCounter() && random.nextBoolean())
                .lastStep(suite.timeStep().isPresent() ? random.nextLong() : SigningKey.NO_STEP)
                .build();
    }

    private List<OpenRequest> requests(Token token) {
        List<OpenRequest> requests = new ArrayList<>();
        for (int i = full ? 2 : random.nextInt(3); i > 0; i--) {
            SigningMethod method = full ? SigningMethod.TYPED_DETAIL : pick(List.of(SigningMethod.values()));
            requests.add(OpenRequest.builder()
                    .id(new RequestId(hex().substring(32)))
                    .method(method)
                    .serial(token.serial())
                    .purpose(pick(List.of(Purpose.FUNDS_TRANSFER, Purpose.CUSTOMER_DATA)))
                    .nonce(hex().substring(32))
                    .digest(hex())
                    .detail(method == SigningMethod.TYPED_DETAIL ? pick(List.of("payee", "口座番号")) : null)
                    .expiresAt(instant())
                    .build());
        }
        return requests;
    }

    private HmacAlgorithm algorithm() {
        return pick(List.of(HmacAlgorithm.values()));
    }

    private int digits() {
        return random.nextInt(6, 10);
    }

    private TotpProfile totp() {
        return new TotpProfile(
                algorithm(),
                digits(),
                Duration.ofSeconds(random.nextInt(1, 86_401)),
                Instant.ofEpochSecond(random.nextInt()));
    }

    private Provisioning provisioning(TokenState state) {
        boolean done = state != TokenState.ISSUED || random.nextBoolean();
        return Provisioning.builder()
                .password(done ? null : sealed())
                .failures(random.nextInt(9))
                .opensAt(instant())
                .closesAt(instant())
                .provisionedAt(done ? instant() : null)
                .device(done ? new DeviceFingerprint(hex()) : null)
                .repeats(done ? random.nextInt(9) : 0)
                .build();
    }
}
