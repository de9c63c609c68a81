package dev.watchword.otp.jdbc;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.app.DeviceKey;
import dev.watchword.otp.app.DeviceKeyType;
import dev.watchword.otp.jdbc.support.Rows;
import dev.watchword.otp.jdbc.support.Rows.Row;
import dev.watchword.otp.jdbc.support.TwoServers;
import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.SoftwareRequest;
import dev.watchword.otp.lifecycle.TokensInTransaction;
import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.ChainLink;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.IntegrityException;
import dev.watchword.otp.lifecycle.model.KeyUnavailableException;
import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.RecordedEvent;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.lifecycle.model.WatchwordException;
import dev.watchword.otp.lifecycle.policy.RenewalPolicy;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import dev.watchword.otp.lifecycle.seeds.CsvSeedReader;
import dev.watchword.otp.lifecycle.seeds.TextLayout;
import dev.watchword.otp.lifecycle.spi.Attempt;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import dev.watchword.otp.lifecycle.spi.KeySource;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.lifecycle.testing.TokenStoreContract;
import dev.watchword.otp.testing.FakeAuthenticator;
import dev.watchword.otp.testing.FakeClock;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that were changed by SQL are integrity failures at the next read, on every database. */
@Tag("R10.5")
class ForgeryTest {
    private static final ServiceId SERVICE = TestInstitution.SERVICE_ID;
    private static final Holder TARO = new Holder("taro");
    private static final Holder HANAKO = new Holder("hanako");
    private static final Holder JIRO = new Holder("jiro");
    private static final Operator OPERATOR = new Operator("helpdesk-7");
    private static final String SECRET = "3132333435363738393031323334353637383930";
    private static final SerialNumber FIRST = new SerialNumber("30000001");
    private static final SerialNumber SECOND = new SerialNumber("30000002");
    private static final SerialNumber STOCKED = new SerialNumber("30000003");
    private static final SerialNumber NEIGHBOUR = new SerialNumber("30000004");

    /** A kind of database. */
    private enum Place {
        SQLITE,
        H2,
        POSTGRESQL,
        MARIADB,
        TWO_SERVERS;

        /** Returns a new database with the schema. */
        HikariDataSource database() {
            if (this == TWO_SERVERS) {
                return TwoServers.pool();
            }
            HikariDataSource database = EmptyDatabase.of(Product.valueOf(name()));
            JdbcSchema.apply(database);
            return database;
        }
    }

    /** Columns that no decision reads, with the reason. */
    private static final Map<String, String> UNREAD = Map.of(
            "otp_enrolment.fed_count", "the position of the slowest consumer, which only the feed reads",
            "otp_enrolment.unfed", "generated from fed_count");

    /** Columns whose change hides the row. The column rights refuse it, and nothing is accepted. */
    private static final Set<String> HIDING = Set.of("otp_serial.service_id", "otp_serial.serial");

    /** Columns with the name of the key that verifies the row. An unknown name is a missing key, also for the library. */
    private static final Set<String> NAMING_A_KEY = Set.of("otp_enrolment.head_key_name", "otp_serial.key_name");

    private final FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z");
    private HikariDataSource database = Place.H2.database();
    private Rows rows = new Rows(database);
    private JdbcTokenStore store = open(Place.H2);
    private Institution bank = bank(store);

    private JdbcTokenStore open(Place place) {
        database.close();
        database = place.database();
        rows = new Rows(database);
        store = JdbcTokenStore.on(database);
        bank = bank(store);
        return store;
    }

    private Institution bank(JdbcTokenStore of) {
        RenewalPolicy always = RenewalPolicy.ALL_KINDS.toBuilder()
                .lead(Duration.ofDays(30_000))
                .build();
        return TestInstitution.builder(of, clock)
                .policy(TestInstitution.POLICY.withRenewal(always))
                .build();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static String of(Holder holder) {
        return "service_id = '" + SERVICE + "' AND holder = '" + holder + "'";
    }

    private static String of(SerialNumber serial) {
        return "service_id = '" + SERVICE + "' AND serial = '" + serial + "'";
    }

    private void stock(String batch, String record) {
        String file = "serial,secret_hex,kind,digits,step,counter,expiry\n" + record + ",2031-01-01T00:00:00Z\n";
        assertAccepted(bank.stock()
                .importBatch(
                        new BatchId(batch),
                        CsvSeedReader.open(
                                new ByteArrayInputStream(file.getBytes(StandardCharsets.US_ASCII)), TextLayout.DEFAULT),
                        staged -> {}));
    }

    private void stockTotp(String batch, SerialNumber serial) {
        stock(batch, serial + "," + SECRET + ",TOTP,8,60,");
    }

    private Outcome<?> login(Holder holder, String code) {
        return bank.tokens().verify(holder, code, Purpose.LOGIN);
    }

    private static void assertAccepted(Outcome<?> outcome) {
        assertTrue(outcome.isAccepted(), outcome::toString);
    }

    private void assign(Holder holder, SerialNumber serial) {
        assertAccepted(bank.desk(OPERATOR).assign(holder, serial.value()));
    }

    /** Two holders with a token in use and another one pending, and two tokens in stock. */
    private FakePhone fill(Place place) {
        open(place);
        Institution confirming = TestInstitution.builder(store, clock)
                .policy(TokenPolicy.BANK.withHashing(TestInstitution.FAST_HASHING))
                .build();
        assertAccepted(confirming.tokens().setConfirmationPassword(TARO, "Kakunin1"));
        assertAccepted(confirming.tokens().createMailCode(TARO, Operation.ISSUE, "taro@bank.example"));
        FakePhone phone = FakePhone.active(bank.tokens(), TARO, clock);
        assertFalse(login(TARO, phone.wrongCode()).isAccepted());
        assertAccepted(bank.tokens()
                .renewSoftware(
                        TARO,
                        SoftwareRequest.of("taro@bank.example", FakePhone.ACTIVATION_PASSWORD),
                        Confirmation.NONE.code(phone.code())));
        clock.advance(Duration.ofMinutes(1));
        stockTotp("delivery-1", FIRST);
        stockTotp("delivery-2", SECOND);
        stockTotp("delivery-3", STOCKED);
        stock("delivery-4", NEIGHBOUR + "," + SECRET + ",HOTP,6,,7");
        FakeAuthenticator shown = new FakeAuthenticator(
                TotpProfile.BANK, OtpSecret.copyOf(HexFormat.of().parseHex(SECRET)), clock);
        assertAccepted(bank.tokens().orderHardware(HANAKO, Confirmation.NONE));
        assign(HANAKO, FIRST);
        assertAccepted(bank.desk(OPERATOR).send(HANAKO));
        assertAccepted(bank.tokens().activateHardware(HANAKO, FIRST.value(), Confirmation.NONE.code(shown.code())));
        clock.advance(Duration.ofMinutes(1));
        assertAccepted(bank.tokens().renewHardware(HANAKO, Confirmation.NONE.code(shown.code())));
        assign(HANAKO, SECOND);
        assertAccepted(bank.desk(OPERATOR).suspend(HANAKO, SuspensionReason.LOST, "left in a taxi"));
        assertAccepted(bank.desk(OPERATOR).suspendHolder(HANAKO, SuspensionReason.FRAUD_SUSPECTED, "called"));
        createCodes(TARO, phone);
        assertAccepted(bank.tokens().orderHardware(JIRO, Confirmation.NONE));
        clock.advance(Duration.ofMinutes(1));
        return phone;
    }

    /** Recovery codes and emergency codes, each with a wrong guess. */
    private void createCodes(Holder holder, FakePhone phone) {
        assertAccepted(bank.tokens().createRecoveryCodes(holder, Confirmation.NONE.code(phone.code())));
        assertAccepted(bank.desk(OPERATOR).issueEmergencyCodes(holder, "lost"));
        assertFalse(bank.tokens().useRecoveryCode(holder, "00000-00000-00000").isAccepted());
        assertFalse(bank.tokens().useEmergencyCode(holder, "00000-00000-00001").isAccepted());
    }

    private Row enrolment(Holder holder) throws SQLException {
        return rows.read("otp_enrolment", of(holder));
    }

    private Row token(Holder holder, SerialNumber serial) throws SQLException {
        return rows.read("otp_token", of(holder) + " AND serial = '" + serial + "'");
    }

    /** The tokens that an enrolment names: the one in use, then the pending one. */
    private List<Row> tokens(Holder holder) throws SQLException {
        List<Row> tokens = new ArrayList<>();
        for (String column : List.of("serial", "waiting_serial")) {
            tokens.add(token(
                    holder, new SerialNumber(String.valueOf(enrolment(holder).value(column)))));
        }
        return tokens;
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void everyChangeOfAnEnrolmentIsFound(Place place) throws SQLException {
        fill(place);
        walk(enrolment(TARO), enrolment(HANAKO), reading(TARO));
        walk(enrolment(HANAKO), enrolment(TARO), reading(HANAKO));
        walk(enrolment(JIRO), enrolment(HANAKO), reading(JIRO));
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void everyChangeOfACurrentTokenIsFound(Place place) throws SQLException {
        fill(place);
        List<Row> ofTaro = tokens(TARO);
        List<Row> ofHanako = tokens(HANAKO);
        for (int i = 0; i < 2; i++) {
            walk(ofTaro.get(i), ofHanako.get(i), reading(TARO));
            walk(ofHanako.get(i), ofTaro.get(i), reading(HANAKO));
        }
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void everyChangeOfAStockedTokenIsFound(Place place) throws SQLException {
        fill(place);
        Row totp = rows.read("otp_serial", of(STOCKED));
        Row hotp = rows.read("otp_serial", of(NEIGHBOUR));
        walk(totp, hotp, assigning(STOCKED));
        walk(hotp, totp, assigning(NEIGHBOUR));

        rows.set(totp, "expires_at", hotp.value("starts_at") == null ? 1_956_528_000_000_000L : 1L);
        assertEquals(
                List.of(STOCKED), rotated().reencryption().run(progress -> {}).unreadableStock());
        rows.put(totp, totp.condition(), Set.of());
        assign(JIRO, STOCKED);
    }

    /** The same institution after a rotation of the sealing key. */
    private Institution rotated() {
        KeySource keys = new KeySource() {
            private final SecretKey current = new SecretKeySpec(new byte[32], "AES");

            @Override
            public String sealingKeyName() {
                return "rotated";
            }

            @Override
            public Optional<SecretKey> sealingKey(String name) {
                return name.equals("rotated") ? Optional.of(current) : TestInstitution.KEYS.sealingKey(name);
            }

            @Override
            public String historyKeyName() {
                return TestInstitution.KEYS.historyKeyName();
            }

            @Override
            public Optional<SecretKey> historyKey(String name) {
                return TestInstitution.KEYS.historyKey(name);
            }
        };
        return Institution.builder(SERVICE, store, keys)
                .clock(clock)
                .policy(TestInstitution.POLICY)
                .build();
    }

    private Executable assigning(SerialNumber serial) {
        return () -> bank.desk(OPERATOR).assign(JIRO, serial.value());
    }

    private Executable reading(Holder holder) {
        return () -> bank.tokens().registration(holder);
    }

    /** Changes every column of a row, to several values each, and back. */
    private void walk(Row row, Row neighbour, Executable rejected) throws SQLException {
        for (String column : row.values().keySet()) {
            String name = row.table() + "." + column;
            if (UNREAD.containsKey(name) || Rows.isGenerated(column)) {
                continue;
            }
            int tried = 0;
            for (Object value : others(row.value(column), neighbour.value(column))) {
                tried++;
                if (forge(row, column, value)) {
                    if (HIDING.contains(name)) {
                        assertHidden(row);
                    } else {
                        try {
                            assertThrows(failure(name, value), rejected);
                        } catch (AssertionError e) {
                            throw new AssertionError(name + " from " + row.value(column) + " to " + value, e);
                        }
                    }
                    restore(row, column, value);
                }
            }
            assertTrue(tried > 1, name);
        }
    }

    private static Class<? extends WatchwordException> failure(String column, @Nullable Object value) {
        return NAMING_A_KEY.contains(column) && value instanceof String
                ? KeyUnavailableException.class
                : IntegrityException.class;
    }

    private void assertHidden(Row stock) {
        Outcome<?> outcome = bank.desk(OPERATOR).assign(JIRO, String.valueOf(stock.value("serial")));
        assertFalse(outcome.isAccepted());
    }

    /** Returns whether the database accepts the change. */
    private boolean forge(Row row, String column, @Nullable Object value) {
        try {
            rows.set(row, column, value);
            return true;
        } catch (SQLException refused) {
            return false;
        }
    }

    private void restore(Row row, String column, @Nullable Object value) throws SQLException {
        String condition =
                row.condition().replace(column + " = '" + row.value(column) + "'", column + " = '" + value + "'");
        rows.set(new Row(row.table(), condition, row.values()), column, row.value(column));
        for (Holder holder : List.of(TARO, HANAKO, JIRO)) {
            assertNotNull(bank.tokens().registration(holder));
        }
    }

    /** Other values: none, zero, a slightly different one, and the neighbour's. */
    private static List<@Nullable Object> others(@Nullable Object value, @Nullable Object neighbour) {
        List<@Nullable Object> all = new ArrayList<>();
        all.add(null);
        all.add(neighbour);
        if (value instanceof Boolean truth) {
            all.add(!truth);
        } else if (value instanceof Number number) {
            all.addAll(List.of(0L, number.longValue() + 1, number.longValue() - 1));
        } else if (value instanceof String text) {
            all.addAll(List.of("x", text + "1", text.substring(1)));
        } else if (value instanceof byte[] bytes) {
            byte[] flipped = bytes.clone();
            flipped[bytes.length - 1] ^= 1;
            all.addAll(List.of(new byte[0], new byte[] {1}, flipped, Arrays.copyOf(bytes, bytes.length - 1)));
        } else {
            all.addAll(List.of(0L, 1L, true, "x", "OTHER", "12345678", new byte[] {1}));
        }
        all.removeIf(other -> Objects.deepEquals(value, other)
                || (value instanceof Number number
                        && other instanceof Number that
                        && number.longValue() == that.longValue()));
        return all;
    }

    private void assertRejected(Holder holder) {
        assertThrows(IntegrityException.class, () -> bank.tokens().registration(holder));
        assertThrows(IntegrityException.class, () -> login(holder, "12345678"));
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void everySwapBetweenTwoHoldersIsFound(Place place) throws SQLException {
        fill(place);
        Row taro = enrolment(TARO);
        Row hanako = enrolment(HANAKO);
        List<Row> ofTaro = tokens(TARO);
        List<Row> ofHanako = tokens(HANAKO);
        Set<String> key = Set.of("service_id", "holder");
        Set<String> keyAndNames = Set.of("service_id", "holder", "serial", "waiting_serial");
        Set<String> keyOfToken = Set.of("service_id", "holder", "serial");

        for (Set<String> without : List.of(key, keyAndNames)) {
            rows.put(taro, hanako.condition(), without);
            rows.put(hanako, taro.condition(), without);
            assertRejected(TARO);
            assertRejected(HANAKO);
            for (int i = 0; i < 2; i++) {
                rows.put(ofTaro.get(i), ofHanako.get(i).condition(), keyOfToken);
                rows.put(ofHanako.get(i), ofTaro.get(i).condition(), keyOfToken);
            }
            assertRejected(TARO);
            assertRejected(HANAKO);
            for (Row row : List.of(taro, hanako)) {
                rows.put(row, row.condition(), Set.of());
            }
            assertRejected(TARO);
            assertRejected(HANAKO);
            for (int i = 0; i < 2; i++) {
                for (Row row : List.of(ofTaro.get(i), ofHanako.get(i))) {
                    rows.put(row, row.condition(), Set.of());
                }
            }
            assertNotNull(bank.tokens().registration(TARO));
            assertNotNull(bank.tokens().registration(HANAKO));
        }
        rows.put(ofTaro.get(0), ofTaro.get(1).condition(), keyOfToken);
        assertRejected(TARO);
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void oneOldRowThatWasPutBackIsFound(Place place) throws SQLException {
        FakePhone phone = fill(place);
        Row enrolment = enrolment(TARO);
        Row token = tokens(TARO).get(0);
        assertAccepted(login(TARO, phone.code()));
        Row later = enrolment(TARO);

        rows.put(token, token.condition(), Set.of());
        assertRejected(TARO);
        rows.put(enrolment, enrolment.condition(), Set.of());
        assertNotNull(bank.tokens().registration(TARO));
        rows.put(later, later.condition(), Set.of());
        assertRejected(TARO);
    }

    /** The rows fit each other. The history shows that they are old, at the next commit. */
    @ParameterizedTest
    @EnumSource(Place.class)
    void oldRowsThatWerePutBackFailAtTheNextCommit(Place place) throws SQLException {
        FakePhone phone = fill(place);
        Row enrolment = enrolment(TARO);
        Row token = tokens(TARO).get(0);
        Enrolment old = store.find(SERVICE, TARO).orElseThrow();
        String code = phone.code();
        assertAccepted(login(TARO, code));
        rows.put(enrolment, enrolment.condition(), Set.of());
        rows.put(token, token.condition(), Set.of());
        assertEquals(old, store.find(SERVICE, TARO).orElseThrow());

        assertPutBack(() -> login(TARO, code));
        assertPutBack(() -> bank.desk(OPERATOR).suspend(TARO, SuspensionReason.LOST, "left in a taxi"));
        assertPutBack(() -> bank.desk(OPERATOR).cancel(TARO, "no longer wanted"));
        inATransaction(view ->
                assertPutBack(() -> view.desk(OPERATOR).suspend(TARO, SuspensionReason.LOST, "left in a taxi")));
        EnrolmentChange change = next(old);
        try (Attempt attempt = store.attempt(SERVICE, TARO)) {
            assertEquals(old, attempt.find().orElseThrow());
            assertPutBack(() -> attempt.commit(change));
        }
        assertEquals(old, store.find(SERVICE, TARO).orElseThrow());
    }

    /** A change as the library makes it, with any event. */
    private static EnrolmentChange next(Enrolment before) {
        TokenEvent event = TokenEvent.builder()
                .number(before.eventCount() + 1)
                .at(Instant.EPOCH)
                .type(EventType.CODE_ACCEPTED)
                .build();
        ChainLink link = requireNonNull(before.head());
        Enrolment after = before.toBuilder()
                .version(before.version() + 1)
                .eventCount(event.number())
                .build();
        return EnrolmentChange.builder()
                .id(new UUID(1, 2))
                .before(before)
                .after(after)
                .events(List.of(RecordedEvent.of(event, null, link)))
                .build();
    }

    /** The store does not repeat the change for its patience of 15 seconds. */
    private static void assertPutBack(Executable change) {
        IntegrityException failure =
                assertTimeout(Duration.ofSeconds(10), () -> assertThrows(IntegrityException.class, change));
        assertTrue(String.valueOf(failure.getMessage()).contains("older than its history"), failure::getMessage);
    }

    private interface InTransaction {
        void run(TokensInTransaction view) throws SQLException;
    }

    private void inATransaction(InTransaction work) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            work.run(bank.within(store.takingPartIn(connection)));
            connection.rollback();
        }
    }

    @TestFactory
    Stream<DynamicTest> aMissingEnrolmentIsFound() {
        return Stream.of(Place.values()).flatMap(place -> {
            JdbcTokenStore of = open(place);
            Rows there = rows;
            return TokenStoreContract.missingRows(() -> of, (service, holder) -> delete(there, service, holder))
                    .stream()
                    .map(check -> DynamicTest.dynamicTest(place + ": " + check.name(), check::run));
        });
    }

    private static void delete(Rows rows, ServiceId service, Holder holder) {
        String condition = " WHERE service_id = '" + service + "' AND holder = '" + holder + "'";
        try {
            for (String table : List.of("otp_token", "otp_serial", "otp_user_id", "otp_enrolment")) {
                rows.execute("DELETE FROM " + table + condition);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An attacker with a token moves it to the victim. */
    @ParameterizedTest
    @EnumSource(Place.class)
    void anothersTokenIsNotTheVictims(Place place) throws SQLException {
        open(place);
        FakePhone attacker = FakePhone.active(bank.tokens(), HANAKO, clock);
        assertNotNull(FakePhone.active(bank.tokens(), TARO, clock));
        Object serial = enrolment(HANAKO).value("serial");
        Row token = rows.read("otp_token", of(HANAKO));
        rows.execute(
                "DELETE FROM otp_token WHERE " + token.condition(),
                "UPDATE otp_serial SET holder = 'taro' WHERE service_id = '" + SERVICE + "' AND serial = '" + serial
                        + "'");
        rows.insert(token, Map.of("holder", "taro"));
        rows.execute("UPDATE otp_enrolment SET serial = '" + serial + "' WHERE " + of(TARO));

        assertThrows(IntegrityException.class, () -> login(TARO, attacker.code()));
    }

    /** The attacker knows the activation password and kept its stored hash. */
    @ParameterizedTest
    @EnumSource(Place.class)
    void aTokenInUseIsNotProvisionedToAnotherDevice(Place place) throws SQLException {
        open(place);
        UserId userId = bank.tokens()
                .issueSoftware(
                        TARO, SoftwareRequest.of("taro@bank.example", FakePhone.ACTIVATION_PASSWORD), Confirmation.NONE)
                .orElseThrow()
                .userId();
        Row issued = rows.read("otp_token", of(TARO));
        Row waiting = enrolment(TARO);
        FakePhone phone = FakePhone.provisioned(bank.tokens(), userId, FakePhone.ACTIVATION_PASSWORD, clock);
        assertAccepted(bank.tokens().activateSoftware(TARO, Confirmation.NONE.code(phone.code())));
        clock.advance(Duration.ofMinutes(1));
        rows.put(issued, issued.condition(), Set.of("last_step", "drift"));
        rows.putOnly(waiting, Set.of("serial", "waiting_serial", "lapses_at"));

        DeviceKey device = DeviceKey.generate(DeviceKeyType.P256, new SecureRandom());
        assertThrows(
                IntegrityException.class,
                () -> bank.tokens().provision(userId.value(), FakePhone.ACTIVATION_PASSWORD, device.publicKey()));
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void aSpentCodeIsNotGoodAgain(Place place) throws SQLException {
        open(place);
        FakePhone phone = FakePhone.active(bank.tokens(), TARO, clock);
        String code = phone.code();
        assertAccepted(login(TARO, code));
        rows.execute("UPDATE otp_token SET last_step = 0 WHERE " + of(TARO));

        assertThrows(IntegrityException.class, () -> login(TARO, code));
        assertThrows(
                IntegrityException.class,
                () -> bank.tokens()
                        .provision(
                                requireNonNull(enrolment(TARO).value("user_id")).toString(),
                                FakePhone.ACTIVATION_PASSWORD,
                                DeviceKey.generate(DeviceKeyType.P256, new SecureRandom())
                                        .publicKey()));
    }
}
