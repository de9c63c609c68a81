package dev.watchword.otp.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.spi.StockStore;
import dev.watchword.otp.lifecycle.spi.StockedFob;
import dev.watchword.otp.lifecycle.stock.CsvFormat;
import dev.watchword.otp.lifecycle.stock.CsvSeedReader;
import dev.watchword.otp.lifecycle.stock.SeedReader;
import dev.watchword.otp.lifecycle.stock.SeedRecord;
import dev.watchword.otp.lifecycle.testing.InMemoryTokens;
import dev.watchword.otp.testing.FakeAuthenticator;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Fobs come into stock in batches, each checked whole. */
class FobStockTest extends TokenServiceFixture {
    private static final BatchId BATCH = new BatchId("delivery-2026-11");
    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);
    private static final String HEADER = "serial,secret_hex,kind,digits,step,counter,expiry\n";
    private static final String EXPIRY = "2030-10-31T09:00:00.123456789+09:00";

    private final FobStock stock = stock(store);

    private FobStock stock(StockStore of) {
        return FobStock.of(InMemoryTokens.SERVICE_ID, of, InMemoryTokens.KEYS, clock, new SecureRandom());
    }

    private static String row(String serial) {
        return serial + "," + HexFormat.of().formatHex(SECRET) + ",TOTP,8,60,," + EXPIRY + "\n";
    }

    private static String rows(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> row(serial(i).value())).collect(Collectors.joining());
    }

    private static SerialNumber serial(int i) {
        return new SerialNumber("1011" + (10_000_000 + i));
    }

    private static SeedReader csv(String rows) {
        byte[] file = (HEADER + rows).getBytes(StandardCharsets.UTF_8);
        return CsvSeedReader.open(new ByteArrayInputStream(file), CsvFormat.DEFAULT);
    }

    private ImportOutcome imports(String rows) {
        return stock.importBatch(BATCH, csv(rows), staged -> {});
    }

    @Test
    @Tag("R5.1")
    @Tag("R5.3")
    void bringsAFobFromTheMakersFileToItsHolder() {
        assertEquals(new Imported(BATCH, 2), imports(rows(0, 2)));
        assertEquals(Optional.of(StockState.AVAILABLE), stock.state(serial(1)));

        assertAccepted(tokens.orderFob(TARO, Confirmation.NONE));
        assertAccepted(desk.assign(TARO, serial(1)));
        assertAccepted(desk.send(TARO));
        FakeAuthenticator shown = new FakeAuthenticator(TotpProfile.BANK, OtpSecret.copyOf(SECRET), clock);
        assertAccepted(tokens.activateHardware(TARO, serial(1).value(), code(shown.code())));
        assertEquals(Optional.of(StockState.ASSIGNED), stock.state(serial(1)));
        assertEquals(Instant.parse("2030-10-31T00:00:00.123456Z"), inUse(TARO).expiresAt());
    }

    @Test
    @Tag("R5.1")
    void reportsEveryBadRecordAndStocksNothing() {
        assertEquals(
                new Imported(new BatchId("before"), 1),
                stock.importBatch(new BatchId("before"), csv(rows(7, 8)), n -> {}));
        String hex = HexFormat.of().formatHex(SECRET);
        String file = rows(0, 2)
                + "12345,00,TOTP,8,60,," + EXPIRY + "\n"
                + row(serial(0).value())
                + serial(3) + "," + hex + ",HOTP,8,,0," + EXPIRY + "\n"
                + serial(4) + "," + hex + ",TOTP,8,60,,\n"
                + serial(5) + "," + hex + ",TOTP,8,60,,2026-11-23T09:00:00Z\n"
                + row(serial(7).value());

        NotImported outcome = assertInstanceOf(NotImported.class, imports(file));

        assertEquals(5, outcome.badRecords());
        assertEquals(
                List.of(3L, 4L, 6L, 7L, 8L),
                outcome.bad().stream().map(bad -> bad.place().index()).toList());
        List<String> problems =
                outcome.bad().stream().map(SeedRecord.Bad::problem).toList();
        assertTrue(problems.get(1).contains("came before"));
        assertTrue(problems.get(2).contains("no expiry"));
        assertTrue(problems.get(3).contains("past its expiry"));
        assertTrue(problems.get(4).contains("taken"));
        assertTrue(problems.stream().noneMatch(problem -> problem.contains(hex)));
        for (int i = 0; i < 6; i++) {
            assertEquals(Optional.empty(), stock.state(serial(i)));
        }
        assertEquals(new Imported(BATCH, 2), imports(rows(0, 2)));
    }

    @Test
    @Tag("R5.1")
    @Tag("R5.2")
    void keepsWhenAFobStartsAndIsAssignedFromThenOn() {
        String file = "serial,secret_hex,kind,digits,step,counter,start,expiry\n" + serial(0) + ","
                + HexFormat.of().formatHex(SECRET) + ",TOTP,8,60,,2026-12-01T00:00:00.0000009Z," + EXPIRY + "\n";
        SeedReader reader =
                CsvSeedReader.open(new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)), CsvFormat.DEFAULT);
        assertEquals(new Imported(BATCH, 1), stock.importBatch(BATCH, reader, staged -> {}));
        assertAccepted(tokens.orderFob(TARO, Confirmation.NONE));

        clock.set(Instant.parse("2026-11-30T23:59:59.999999Z"));
        assertRefused(Refusal.NOT_IN_STOCK, desk.assign(TARO, serial(0)));
        clock.set(Instant.parse("2026-12-01T00:00:00Z"));
        assertAccepted(desk.assign(TARO, serial(0)));
    }

    @Test
    @Tag("R5.1")
    void reportsThePlaceOfTheFirstThousandAndHowManyThereAre() {
        String file = IntStream.range(0, 1_500).mapToObj(i -> "bad\n").collect(Collectors.joining());

        NotImported outcome = assertInstanceOf(NotImported.class, imports(file));

        assertEquals(1_500, outcome.badRecords());
        assertEquals(NotImported.MAX_REPORTED, outcome.bad().size());
    }

    @Test
    @Tag("R5.1")
    @Tag("R12.3")
    void stagesAThousandAtATimeAndTellsOfIt() {
        List<Long> progress = new ArrayList<>();

        assertEquals(new Imported(BATCH, 2_500), stock.importBatch(BATCH, csv(rows(0, 2_500)), progress::add));

        assertEquals(List.of(1_000L, 2_000L, 2_500L), progress);
    }

    @Test
    @Tag("R5.1")
    @Tag("R12.3")
    void isDoneAgainWhereItWasCutShort() {
        FobStock failing = stock(new FailingAt(3));
        assertThrows(StorageException.class, () -> failing.importBatch(BATCH, csv(rows(0, 2_500)), n -> {}));
        assertEquals(Optional.of(StockState.STAGED), stock.state(serial(0)));

        assertEquals(new Imported(BATCH, 2_500), imports(rows(0, 2_500)));
        assertEquals(Optional.of(StockState.AVAILABLE), stock.state(serial(0)));
    }

    @Test
    @Tag("R5.1")
    @Tag("R12.3")
    void findsASerialNumberThatCameBeforeHoweverLongAgo() {
        NotImported outcome = assertInstanceOf(
                NotImported.class, imports(rows(0, 2_500) + row(serial(3).value())));

        assertEquals(1, outcome.badRecords());
        assertEquals(2_501, outcome.bad().get(0).place().index());
        assertTrue(outcome.bad().get(0).problem().contains("came before"));
        assertEquals(Optional.empty(), stock.state(serial(3)));
    }

    @Test
    @Tag("R5.1")
    void isNotImportedByTwoAtOnce() {
        FobStock disturbed = stock(new FailingAt(0) {
            @Override
            public boolean publish(ServiceId serviceId, BatchId batch, int size) {
                store.discard(serviceId, batch);
                return store.publish(serviceId, batch, size);
            }
        });

        assertThrows(IllegalStateException.class, () -> disturbed.importBatch(BATCH, csv(rows(0, 10)), staged -> {}));
        assertEquals(Optional.empty(), stock.state(serial(0)));
    }

    @Test
    @Tag("R5.1")
    void doesNotMixTwoFilesUnderOneName() {
        FobStock failing = stock(new FailingAt(2));
        assertThrows(StorageException.class, () -> failing.importBatch(BATCH, csv(rows(5_000, 6_500)), n -> {}));

        assertEquals(new Imported(BATCH, 10), imports(rows(0, 10)));
        assertEquals(Optional.empty(), stock.state(serial(5_000)));
        assertThrows(IllegalStateException.class, () -> imports(rows(10, 20)));
        assertEquals(Optional.empty(), stock.state(serial(10)));
    }

    @Test
    @Tag("R5.1")
    void discardsAFileThatCannotBeReadToItsEnd() {
        String cut = rows(0, 1_200) + "\"" + serial(1_201);

        assertThrows(SeedFileException.class, () -> imports(cut));

        assertEquals(Optional.empty(), stock.state(serial(0)));
        assertEquals(new Imported(BATCH, 3), imports(rows(0, 3)));
    }

    /** A store that fails once, at its so-and-so-many-th piece. */
    private class FailingAt implements StockStore {
        private int left;

        FailingAt(int left) {
            this.left = left;
        }

        @Override
        public Set<SerialNumber> stage(ServiceId serviceId, BatchId batch, List<StockedFob> fobs) {
            if (--left == 0) {
                throw new StorageException("the disk is full", null);
            }
            return store.stage(serviceId, batch, fobs);
        }

        @Override
        public boolean publish(ServiceId serviceId, BatchId batch, int size) {
            return store.publish(serviceId, batch, size);
        }

        @Override
        public void discard(ServiceId serviceId, BatchId batch) {
            store.discard(serviceId, batch);
        }

        @Override
        public Optional<StockState> state(ServiceId serviceId, SerialNumber serial) {
            return store.state(serviceId, serial);
        }
    }
}
