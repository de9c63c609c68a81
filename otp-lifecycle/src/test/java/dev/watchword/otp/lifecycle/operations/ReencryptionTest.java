package dev.watchword.otp.lifecycle.operations;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.OcraSuite;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.OperatorDesk;
import dev.watchword.otp.lifecycle.RequestedSignature;
import dev.watchword.otp.lifecycle.SoftwareRequest;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.internal.sealing.RowAuthenticator;
import dev.watchword.otp.lifecycle.model.BackupCodeSet;
import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.CanIgnoreReturnValue;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.IntegrityException;
import dev.watchword.otp.lifecycle.model.KeyUnavailableException;
import dev.watchword.otp.lifecycle.model.MailCode;
import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.SealedSecret;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.SigningKey;
import dev.watchword.otp.lifecycle.model.StockedToken;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.policy.ConfirmationPolicy;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import dev.watchword.otp.lifecycle.seeds.CsvSeedReader;
import dev.watchword.otp.lifecycle.seeds.PskcKey;
import dev.watchword.otp.lifecycle.seeds.PskcReader;
import dev.watchword.otp.lifecycle.seeds.PskcWriter;
import dev.watchword.otp.lifecycle.seeds.Seed;
import dev.watchword.otp.lifecycle.seeds.SeedProfile;
import dev.watchword.otp.lifecycle.seeds.SeedSigning;
import dev.watchword.otp.lifecycle.seeds.TextLayout;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import dev.watchword.otp.lifecycle.spi.KeyRing;
import dev.watchword.otp.lifecycle.spi.KeySource;
import dev.watchword.otp.lifecycle.spi.ReencryptedEnrolment;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import dev.watchword.otp.lifecycle.support.ForwardingStore;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.InMemoryTokenStore;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.signing.TransactionDetails;
import dev.watchword.otp.testing.FakeAuthenticator;
import dev.watchword.otp.testing.FakeClock;
import dev.watchword.otp.testing.FakeOcraDevice;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Keys are rotated while codes are verified, and no secret stays under the old key. */
@Tag("R10.1")
class ReencryptionTest {
    private static final ServiceId SERVICE = TestInstitution.SERVICE_ID;
    private static final String OLD = "seal old " + key(1);
    private static final String NEW = "seal new " + key(2) + " current";
    private static final String HISTORY = "history h " + key(3);
    private static final KeySource BEFORE = KeyRing.parse(OLD + "\n" + HISTORY, "before");
    private static final KeySource MEANWHILE = KeyRing.parse(OLD + "\n" + NEW + "\n" + HISTORY, "meanwhile");
    private static final KeySource AFTER = KeyRing.parse(NEW + "\n" + HISTORY, "after");
    private static final Confirmation PASSWORD = Confirmation.NONE.password("hirosaki1");

    private final FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z");
    private final InMemoryTokenStore store = new InMemoryTokenStore();
    private final Institution before = bank(store, BEFORE);
    private String emergencyCode = "";
    private String recoveryCode = "";
    private final Holder taro = new Holder("taro");
    private final Holder hanako = new Holder("hanako");

    private static String key(int seed) {
        byte[] key = new byte[32];
        key[0] = (byte) seed;
        return Base64.getEncoder().encodeToString(key);
    }

    private Institution bank(TokenStore of, KeySource keys) {
        TokenPolicy policy =
                TokenPolicy.BANK.withHashing(TestInstitution.FAST_HASHING).withConfirmation(ConfirmationPolicy.BANK);
        return Institution.builder(SERVICE, of, keys)
                .clock(clock)
                .policy(policy)
                .build();
    }

    private Outcome<Registration> login(Institution bank, Holder holder, String code) {
        return bank.tokens().verify(holder, code, Purpose.LOGIN);
    }

    private static void assertAccepted(Outcome<?> outcome) {
        assertTrue(outcome.isAccepted(), outcome::toString);
    }

    /** Stores every kind of sealed value: tokens in use, pending and in stock, passwords, mail codes, backup codes. */
    @CanIgnoreReturnValue
    private FakeAuthenticator fill() {
        OtpSecret secret = OtpSecret.copyOf(new byte[20]);
        String file = "serial,secret_hex,kind,digits,step,counter,expiry\n";
        for (String serial : List.of("10000001", "10000002")) {
            file += serial + "," + HexFormat.of().formatHex(new byte[20]) + ",TOTP,8,60,,2027-11-23T09:00:00Z\n";
        }
        assertAccepted(before.stock()
                .importBatch(
                        new BatchId("b"),
                        CsvSeedReader.open(
                                new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)), TextLayout.DEFAULT),
                        staged -> {}));
        TokenService tokens = before.tokens();
        for (Holder holder : List.of(taro, hanako)) {
            assertAccepted(tokens.setConfirmationPassword(holder, "hirosaki1"));
        }
        assertAccepted(tokens.orderHardware(taro, PASSWORD));
        OperatorDesk desk = before.desk(new Operator("o"));
        assertAccepted(desk.assign(taro, "10000001"));
        assertAccepted(desk.send(taro));
        FakeAuthenticator token = new FakeAuthenticator(TotpProfile.BANK, secret, clock);
        assertAccepted(tokens.activateHardware(taro, "10000001", Confirmation.NONE.code(token.code())));
        String mailCode = tokens.createMailCode(hanako, Operation.ISSUE, "h@bank.example")
                .orElseThrow()
                .code()
                .exposeText();
        SoftwareRequest request = SoftwareRequest.of("h@bank.example", FakePhone.ACTIVATION_PASSWORD);
        assertAccepted(tokens.issueSoftware(hanako, request, PASSWORD.mailCode(mailCode)));
        assertAccepted(tokens.createMailCode(taro, Operation.CANCEL, "t@bank.example"));
        clock.toNextStep(TotpProfile.BANK);
        recoveryCode = tokens.createRecoveryCodes(taro, PASSWORD.code(token.code()))
                .orElseThrow()
                .codes()
                .get(0)
                .exposeText();
        emergencyCode = desk.issueEmergencyCodes(taro, "lost")
                .orElseThrow()
                .codes()
                .get(0)
                .exposeText();
        clock.toNextStep(TotpProfile.BANK);
        return token;
    }

    private List<String> keyNames() {
        List<String> names = new ArrayList<>();
        for (Holder holder : store.holders(SERVICE, null, 100)) {
            Enrolment enrolment = store.find(SERVICE, holder).orElseThrow();
            Stream<Token> tokens =
                    Stream.of(enrolment.token(), enrolment.pendingToken()).filter(Objects::nonNull);
            MailCode code = enrolment.credentials().mailCode();
            Stream.concat(
                            tokens.flatMap(token -> Stream.of(
                                    token.secret(),
                                    token.provisioning() == null
                                            ? null
                                            : token.provisioning().password())),
                            Stream.of(
                                    enrolment.credentials().password(),
                                    code == null ? null : code.hash(),
                                    hashes(enrolment.backupCodes().emergency()),
                                    hashes(enrolment.backupCodes().recovery())))
                    .filter(Objects::nonNull)
                    .map(SealedSecret::keyName)
                    .forEach(names::add);
        }
        store.stockPage(SERVICE, null, 100).stream()
                .map(StockedToken::secret)
                .map(SealedSecret::keyName)
                .forEach(names::add);
        return names;
    }

    private static @Nullable SealedSecret hashes(@Nullable BackupCodeSet set) {
        return set == null ? null : set.hashes();
    }

    private Reencryption reencryption(KeySource keys) {
        return bank(store, keys).reencryption();
    }

    @Test
    @Tag("R12.3")
    void noSecretStaysUnderTheOldKey() {
        FakeAuthenticator token = fill();
        assertEquals(9, keyNames().size());
        assertEquals(List.of("old"), keyNames().stream().distinct().toList());
        List<Reencrypted> told = new ArrayList<>();

        assertEquals(Reencrypted.of(2, 1), reencryption(MEANWHILE).run(told::add));

        assertEquals(List.of("new"), keyNames().stream().distinct().toList());
        assertEquals(9, keyNames().size());
        assertEquals(List.of(Reencrypted.of(0, 1), Reencrypted.of(2, 1)), told);
        assertEquals(Reencrypted.of(0, 0), reencryption(AFTER).run(told::add));
        Institution after = bank(store, AFTER);
        assertAccepted(after.tokens().useEmergencyCode(taro, emergencyCode));
        assertAccepted(after.tokens().useRecoveryCode(taro, recoveryCode));
        assertAccepted(login(after, taro, token.code()));
        assertAccepted(after.tokens().cancel(hanako, PASSWORD));
        assertAccepted(after.tokens().orderHardware(hanako, PASSWORD));
        assertAccepted(after.desk(new Operator("o")).assign(hanako, "10000002"));
    }

    private static byte[] keypads(OtpSecret secret, SeedSigning signing) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (PskcWriter writer = PskcWriter.open(file, PskcKey.none(), new SecureRandom())) {
            for (String serial : List.of("10000001", "10000002")) {
                writer.write(Seed.builder()
                        .serial(new SerialNumber(serial))
                        .secret(secret)
                        .profile(new SeedProfile.ForTotp(TotpProfile.BANK, 0, 0))
                        .expiresAt(Instant.parse("2027-11-23T09:00:00Z"))
                        .signing(signing)
                        .build());
            }
        }
        return file.toByteArray();
    }

    private List<String> signingKeyNames() {
        Stream<SigningKey> inUse = Stream.ofNullable(
                requireNonNull(store.find(SERVICE, taro).orElseThrow().token()).signing());
        Stream<SigningKey> inStock =
                store.stockPage(SERVICE, null, 100).stream().map(token -> requireNonNull(token.signing()));
        return Stream.concat(inUse, inStock).map(key -> key.secret().keyName()).toList();
    }

    @Test
    @Tag("R13.2")
    void noKeyForSigningStaysUnderTheOldKey() {
        OtpSecret secret = OtpSecret.copyOf(new byte[20]);
        OcraSuite suite = OcraSuite.parse("OCRA-1:HOTP-SHA1-8:C-QN08");
        OtpSecret key = OtpSecret.copyOf(new byte[32]);
        byte[] file = keypads(secret, new SeedSigning(suite, key, 3));
        assertAccepted(before.stock()
                .importBatch(
                        new BatchId("b"),
                        PskcReader.open(new ByteArrayInputStream(file), PskcKey.none()),
                        staged -> {}));
        assertAccepted(before.tokens().setConfirmationPassword(taro, "hirosaki1"));
        assertAccepted(before.tokens().orderHardware(taro, PASSWORD));
        OperatorDesk desk = before.desk(new Operator("o"));
        assertAccepted(desk.assign(taro, "10000001"));
        assertAccepted(desk.send(taro));
        FakeAuthenticator shown = new FakeAuthenticator(TotpProfile.BANK, secret, clock);
        assertAccepted(before.tokens().activateHardware(taro, "10000001", Confirmation.NONE.code(shown.code())));
        assertEquals(List.of("old", "old"), signingKeyNames());

        assertEquals(Reencrypted.of(1, 1), reencryption(MEANWHILE).run(done -> {}));

        assertEquals(List.of("new", "new"), signingKeyNames());
        Institution after = bank(store, AFTER);
        TransactionDetails transfer =
                TransactionDetails.builder().add("amount", "50000").build();
        RequestedSignature request = after.tokens()
                .requestSignature(taro, Purpose.FUNDS_TRANSFER, transfer)
                .orElseThrow();
        FakeOcraDevice device = new FakeOcraDevice(suite, key, clock);
        device.counter(3);
        String response = device.respond(request.challenge().orElseThrow());
        assertAccepted(after.tokens().confirm(taro, request.id(), transfer, response));
        assertAccepted(after.tokens().setConfirmationPassword(hanako, "hirosaki1"));
        assertAccepted(after.tokens().orderHardware(hanako, PASSWORD));
        assertAccepted(after.desk(new Operator("o")).assign(hanako, "10000002"));
    }

    @Test
    @Tag("R12.3")
    void goesOnAfterAnInterruption() {
        fill();
        Consumer<Reencrypted> interrupting = done -> {
            throw new IllegalStateException("enough for today");
        };
        assertThrows(IllegalStateException.class, () -> reencryption(MEANWHILE).run(interrupting));
        assertEquals(1, keyNames().stream().filter("new"::equals).count());
        assertEquals(Reencrypted.of(2, 0), reencryption(MEANWHILE).run(done -> {}));
        assertEquals(List.of("new"), keyNames().stream().distinct().toList());
    }

    /** An operation that read the enrolment before is stale and runs again, so the old key does not return. */
    @Test
    void codesAreVerifiedMeanwhile() {
        FakeAuthenticator token = fill();
        boolean[] once = {true};
        ForwardingStore between = new ForwardingStore(store) {
            @Override
            public CommitResult commit(EnrolmentChange change) {
                if (once[0]) {
                    once[0] = false;
                    assertEquals(Reencrypted.of(2, 1), reencryption(MEANWHILE).run(done -> {}));
                }
                return super.commit(change);
            }
        };
        assertAccepted(login(bank(between, MEANWHILE), taro, token.code()));
        assertEquals(List.of("new"), keyNames().stream().distinct().toList());
    }

    /** The assignment read the token in stock before, and loses the race for the enrolment. */
    @Test
    @Tag("R5.2")
    void anAssignmentMeanwhileDoesNotBringTheOldKeyBack() {
        fill();
        Holder jiro = new Holder("jiro");
        assertAccepted(before.tokens().setConfirmationPassword(jiro, "hirosaki1"));
        assertAccepted(before.tokens().orderHardware(jiro, PASSWORD));
        boolean[] once = {true};
        ForwardingStore between = new ForwardingStore(store) {
            @Override
            public CommitResult commit(EnrolmentChange change) {
                if (once[0]) {
                    once[0] = false;
                    reencryption(MEANWHILE).run(done -> {});
                }
                return super.commit(change);
            }
        };
        OperatorDesk desk = bank(between, MEANWHILE).desk(new Operator("o"));
        assertAccepted(desk.assign(jiro, "10000002"));

        assertEquals(List.of("new"), keyNames().stream().distinct().toList());
        assertAccepted(bank(store, AFTER).desk(new Operator("o")).send(jiro));
    }

    /** The next pass finds secrets that were encrypted under the old key after their page had passed. */
    @Test
    void runsUntilAPassFindsNothing() {
        fill();
        Holder late = new Holder("late");
        boolean[] once = {true};
        Reencrypted done = reencryption(MEANWHILE).run(progress -> {
            if (once[0]) {
                once[0] = false;
                assertAccepted(before.tokens().setConfirmationPassword(late, "hirosaki1"));
            }
        });
        assertEquals(Reencrypted.of(3, 1), done);
        assertEquals(List.of("new"), keyNames().stream().distinct().toList());
    }

    /** Two new keys, of which a test chooses the current one while the job runs. */
    private static final class RotatingKeys implements KeySource {
        private final KeySource keys =
                KeyRing.parse(OLD + "\n" + NEW + "\nseal newer " + key(4) + "\n" + HISTORY, "rotating");
        private String current = "new";

        @Override
        public String sealingKeyName() {
            return current;
        }

        @Override
        public Optional<SecretKey> sealingKey(String name) {
            return keys.sealingKey(name);
        }

        @Override
        public String historyKeyName() {
            return keys.historyKeyName();
        }

        @Override
        public Optional<SecretKey> historyKey(String name) {
            return keys.historyKey(name);
        }
    }

    @Test
    @Tag("R12.3")
    void endsIfTheKeyRotatesDuringTheJob() {
        fill();
        RotatingKeys keys = new RotatingKeys();
        List<Reencrypted> told = new ArrayList<>();
        Reencrypted done = reencryption(keys).run(progress -> {
            keys.current = "newer";
            told.add(progress);
            assertTrue(told.size() < 10, "the job must end");
        });
        assertEquals(Reencrypted.of(2, 2), done);
        assertEquals(List.of("newer"), keyNames().stream().distinct().toList());
    }

    @Test
    @Tag("R12.3")
    void doesNotEndIfTheKeyRotatesDuringTheLastPass() {
        fill();
        RotatingKeys keys = new RotatingKeys();
        int[] passes = {0};
        ForwardingStore counted = new ForwardingStore(store) {
            @Override
            public List<Holder> holders(ServiceId serviceId, @Nullable Holder after, int limit) {
                passes[0]++;
                keys.current = passes[0] < 2 ? "new" : "newer";
                return super.holders(serviceId, after, limit);
            }
        };
        assertEquals(Reencrypted.of(4, 2), bank(counted, keys).reencryption().run(done -> {}));
        assertEquals(List.of("newer"), keyNames().stream().distinct().toList());
    }

    private List<String> keyNamesOf(Holder holder) {
        Enrolment enrolment = store.find(SERVICE, holder).orElseThrow();
        return Stream.concat(
                        Stream.of(enrolment.token(), enrolment.pendingToken())
                                .filter(Objects::nonNull)
                                .map(Token::secret),
                        Stream.of(enrolment.credentials().password()))
                .map(secret -> requireNonNull(secret).keyName())
                .toList();
    }

    /** The other holders are re-encrypted, and so is this one after the value was restored. */
    @Test
    @Tag("R12.3")
    void goesOnAfterAHolderWhoseValuesDoNotDecrypt() {
        fill();
        Enrolment whole = store.find(SERVICE, taro).orElseThrow();
        Enrolment moved = authenticated(withAnothersSecret(whole).toBuilder()
                .version(whole.version() + 1)
                .build());
        assertEquals(1, store.reencrypt(List.of(ReencryptedEnrolment.of(whole, moved))));

        Reencrypted expected = Reencrypted.of(1, 1, List.of(taro), List.of());
        assertEquals(expected, reencryption(MEANWHILE).run(done -> {}));
        assertEquals(List.of("new", "new"), keyNamesOf(hanako));
        assertEquals(List.of("old", "old"), keyNamesOf(taro));
        assertThrows(
                UnsupportedOperationException.class, () -> expected.unreadable().clear());

        Enrolment restored =
                authenticated(whole.toBuilder().version(moved.version() + 1).build());
        assertEquals(1, store.reencrypt(List.of(ReencryptedEnrolment.of(moved, restored))));
        assertEquals(Reencrypted.of(1, 0), reencryption(MEANWHILE).run(done -> {}));
        assertEquals(List.of("new", "new"), keyNamesOf(taro));
    }

    @Test
    @Tag("R12.3")
    void goesOnAfterAHolderWhoseRowCannotBeRead() {
        fill();
        ForwardingStore broken = new ForwardingStore(store) {
            @Override
            public Optional<Enrolment> find(ServiceId serviceId, Holder holder) {
                if (holder.equals(taro)) {
                    throw new IntegrityException("The stored data of holder taro cannot be read", null);
                }
                return super.find(serviceId, holder);
            }
        };
        assertEquals(
                Reencrypted.of(1, 1, List.of(taro), List.of()),
                bank(broken, MEANWHILE).reencryption().run(done -> {}));
        assertEquals(List.of("new", "new"), keyNamesOf(hanako));
    }

    @Test
    @Tag("R12.3")
    void goesOnAfterAStockedTokenThatDoesNotDecrypt() {
        fill();
        StockedToken whole = store.stockPage(SERVICE, null, 1).get(0);
        StockedToken cut = whole.toBuilder()
                .secret(new SealedSecret("old", new byte[] {1, 2, 3}))
                .build();
        assertEquals(1, store.reencryptStock(SERVICE, List.of(whole), List.of(cut)));

        assertEquals(
                Reencrypted.of(2, 0, List.of(), List.of(whole.serial())),
                reencryption(MEANWHILE).run(done -> {}));
        assertEquals(List.of("new", "new"), keyNamesOf(taro));
    }

    @Test
    void aLostKeyAndAMovedSecretAreNamedAndAreNoWrongCode() {
        FakeAuthenticator token = fill();
        KeyUnavailableException lost = assertThrows(
                KeyUnavailableException.class, () -> reencryption(AFTER).run(done -> {}));
        assertTrue(String.valueOf(lost.getMessage()).contains("old")
                && String.valueOf(lost.getMessage()).contains("10000002"));
        Institution without = bank(store, AFTER);
        assertThrows(KeyUnavailableException.class, () -> login(without, taro, token.code()));
        assertThrows(KeyUnavailableException.class, () -> login(without, taro, token.wrongCode()));

        ForwardingStore moved = new ForwardingStore(store) {
            @Override
            public Optional<Enrolment> find(ServiceId serviceId, Holder holder) {
                return super.find(serviceId, holder)
                        .map(ReencryptionTest.this::withAnothersSecret)
                        .map(ReencryptionTest::authenticated);
            }
        };
        IntegrityException altered =
                assertThrows(IntegrityException.class, () -> login(bank(moved, BEFORE), taro, token.code()));
        assertTrue(String.valueOf(altered.getMessage()).contains("10000001"), altered.getMessage());
        assertThrows(IntegrityException.class, () -> login(bank(moved, BEFORE), taro, token.wrongCode()));
        assertAccepted(login(before, taro, token.code()));
    }

    /** Authenticates a forged enrolment, so that the encryption alone finds the forgery. */
    private static Enrolment authenticated(Enrolment forged) {
        return forged.toBuilder()
                .rowMac(new RowAuthenticator(MEANWHILE).compute(forged))
                .build();
    }

    /** Returns the enrolment with the sealed secret of a token in stock. */
    private Enrolment withAnothersSecret(Enrolment enrolment) {
        Token token = requireNonNull(enrolment.token());
        SealedSecret anothers = store.stockPage(SERVICE, null, 1).get(0).secret();
        return enrolment.toBuilder()
                .token(token.toBuilder().secret(anothers).build())
                .build();
    }
}
