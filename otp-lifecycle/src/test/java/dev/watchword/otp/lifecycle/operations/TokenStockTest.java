package dev.watchword.otp.lifecycle.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.model.BadRecord;
import dev.watchword.otp.lifecycle.model.BadRecords;
import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.LostRaceException;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.StockState;
import dev.watchword.otp.lifecycle.model.StockedToken;
import dev.watchword.otp.lifecycle.model.StorageException;
import dev.watchword.otp.lifecycle.model.Withdrawal;
import dev.watchword.otp.lifecycle.seeds.CsvSeedReader;
import dev.watchword.otp.lifecycle.seeds.SeedFileException;
import dev.watchword.otp.lifecycle.seeds.SeedReader;
import dev.watchword.otp.lifecycle.seeds.TextLayout;
import dev.watchword.otp.lifecycle.spi.StockStore;
import dev.watchword.otp.lifecycle.support.ForwardingStore;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeAuthenticator;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Hardware tokens come into stock in batches. Each batch is checked as a whole. */
class TokenStockTest extends InstitutionFixture {
    private static final BatchId BATCH = new BatchId("delivery-2026-11");
    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);
    private static final String HEADER = "serial,secret_hex,kind,digits,step,counter,expiry\n";
    private static final String EXPIRY = "2030-10-31T09:00:00.123456789+09:00";

    private final TokenStock stock = bank.stock();

    /** The stock of an institution whose store has another stock part. */
    private TokenStock stock(StockStore part) {
        ForwardingStore with = new ForwardingStore(store) {
            @Override
            public <C> Optional<C> capability(Class<C> type) {
                return type == StockStore.class ? Optional.of(type.cast(part)) : super.capability(type);
            }
        };
        return TestInstitution.builder(with, clock).build().stock();
    }

    private Optional<StockState> state(int i) {
        return stock.state(serial(i).value());
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
        return CsvSeedReader.open(new ByteArrayInputStream(file), TextLayout.DEFAULT);
    }

    private Outcome<Imported> imports(String rows) {
        return stock.importBatch(BATCH, csv(rows), staged -> {});
    }

    private static BadRecords bad(Outcome<Imported> outcome) {
        assertRefused(Refusal.BAD_RECORDS, outcome);
        return refused(outcome).badRecords().orElseThrow();
    }

    @Test
    @Tag("R5.1")
    void aSerialNumberThatIsNoneIsOfNoToken() {
        assertEquals(Optional.empty(), stock.state(null));
        assertEquals(Optional.empty(), stock.state("1011 1000"));
        assertEquals(Optional.empty(), state(0));
    }

    @Test
    @Tag("R5.1")
    @Tag("R5.3")
    void bringsAHardwareTokenFromTheMakersFileToItsHolder() {
        assertEquals(Imported.of(BATCH, 2), imports(rows(0, 2)).orElseThrow());
        assertEquals(Optional.of(StockState.AVAILABLE), state(1));

        assertAccepted(tokens.orderHardware(TARO, Confirmation.NONE));
        assertAccepted(desk.assign(TARO, serial(1).value()));
        assertAccepted(desk.send(TARO));
        FakeAuthenticator shown = new FakeAuthenticator(TotpProfile.BANK, OtpSecret.copyOf(SECRET), clock);
        assertAccepted(tokens.activateHardware(TARO, serial(1).value(), code(shown.code())));
        assertEquals(Optional.of(StockState.ASSIGNED), state(1));
        assertEquals(Instant.parse("2030-10-31T00:00:00.123456Z"), inUse(TARO).expiresAt());
    }

    @Test
    @Tag("R5.1")
    void reportsEveryBadRecordAndStocksNothing() {
        assertEquals(
                Imported.of(new BatchId("before"), 1),
                stock.importBatch(new BatchId("before"), csv(rows(7, 8)), n -> {})
                        .orElseThrow());
        String hex = HexFormat.of().formatHex(SECRET);
        String file = rows(0, 2)
                + "12345,00,TOTP,8,60,," + EXPIRY + "\n"
                + row(serial(0).value())
                + serial(3) + "," + hex + ",HOTP,8,,0," + EXPIRY + "\n"
                + serial(4) + "," + hex + ",TOTP,8,60,,\n"
                + serial(5) + "," + hex + ",TOTP,8,60,,2026-11-23T09:00:00Z\n"
                + row(serial(7).value());

        BadRecords bad = bad(imports(file));

        assertEquals(5, bad.total());
        assertEquals(
                List.of(3L, 4L, 6L, 7L, 8L),
                bad.first().stream().map(record -> record.place().index()).toList());
        List<String> problems = bad.first().stream().map(BadRecord::problem).toList();
        assertTrue(problems.get(1).contains("repeated in this file"));
        assertTrue(problems.get(2).contains("no expiry"));
        assertTrue(problems.get(3).contains("has expired"));
        assertTrue(problems.get(4).contains("taken"));
        assertTrue(problems.stream().noneMatch(problem -> problem.contains(hex)));
        for (int i = 0; i < 6; i++) {
            assertEquals(Optional.empty(), state(i));
        }
        assertEquals(Imported.of(BATCH, 2), imports(rows(0, 2)).orElseThrow());
    }

    @Test
    @Tag("R5.1")
    @Tag("R5.2")
    void assignsAHardwareTokenFromItsStartOn() {
        String file = "serial,secret_hex,kind,digits,step,counter,start,expiry\n" + serial(0) + ","
                + HexFormat.of().formatHex(SECRET) + ",TOTP,8,60,,2026-12-01T00:00:00.0000009Z," + EXPIRY + "\n";
        SeedReader reader =
                CsvSeedReader.open(new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)), TextLayout.DEFAULT);
        assertEquals(
                Imported.of(BATCH, 1),
                stock.importBatch(BATCH, reader, staged -> {}).orElseThrow());
        assertAccepted(tokens.orderHardware(TARO, Confirmation.NONE));

        clock.set(Instant.parse("2026-11-30T23:59:59.999999Z"));
        assertRefused(Refusal.NOT_IN_STOCK, desk.assign(TARO, serial(0).value()));
        clock.set(Instant.parse("2026-12-01T00:00:00Z"));
        assertAccepted(desk.assign(TARO, serial(0).value()));
    }

    @Test
    @Tag("R5.1")
    void reportsThePlaceOfTheFirstThousandAndHowManyThereAre() {
        String file = IntStream.range(0, 1_500).mapToObj(i -> "bad\n").collect(Collectors.joining());

        BadRecords bad = bad(imports(file));

        assertEquals(1_500, bad.total());
        assertEquals(BadRecords.MAX_LISTED, bad.first().size());
    }

    @Test
    @Tag("R5.1")
    @Tag("R12.3")
    void stagesAThousandAtATimeAndReportsProgress() {
        List<Long> progress = new ArrayList<>();

        assertEquals(
                Imported.of(BATCH, 2_500),
                stock.importBatch(BATCH, csv(rows(0, 2_500)), progress::add).orElseThrow());

        assertEquals(List.of(1_000L, 2_000L, 2_500L), progress);
    }

    @Test
    @Tag("R5.1")
    @Tag("R12.3")
    void anInterruptedImportContinues() {
        TokenStock failing = stock(new FailingAt(3));
        assertThrows(StorageException.class, () -> failing.importBatch(BATCH, csv(rows(0, 2_500)), n -> {}));
        assertEquals(Optional.of(StockState.STAGED), state(0));

        assertEquals(Imported.of(BATCH, 2_500), imports(rows(0, 2_500)).orElseThrow());
        assertEquals(Optional.of(StockState.AVAILABLE), state(0));
    }

    @Test
    @Tag("R5.1")
    @Tag("R12.3")
    void findsASerialNumberThatCameBeforeHoweverLongAgo() {
        BadRecords bad = bad(imports(rows(0, 2_500) + row(serial(3).value())));

        assertEquals(1, bad.total());
        assertEquals(2_501, bad.first().get(0).place().index());
        assertTrue(bad.first().get(0).problem().contains("repeated in this file"));
        assertEquals(Optional.empty(), state(3));
    }

    @Test
    @Tag("R5.1")
    void anImportWhoseBatchIsDiscardedMeanwhileFails() {
        TokenStock disturbed = stock(new FailingAt(0) {
            @Override
            public boolean publish(ServiceId serviceId, BatchId batch, UUID importId, int size) {
                store.discard(serviceId, batch, importId);
                return store.publish(serviceId, batch, importId, size);
            }
        });

        assertThrows(LostRaceException.class, () -> disturbed.importBatch(BATCH, csv(rows(0, 10)), staged -> {}));
        assertEquals(Optional.empty(), state(0));
    }

    /** The other import begins and ends while the first one is about to publish. */
    @Test
    @Tag("R5.1")
    void ofTwoImportsOfABatchOneLosesTheRaceAndStocksNothing() {
        for (int size : List.of(10, 7)) {
            BatchId batch = new BatchId("of-" + size);
            int first = 100 * size;
            TokenStock overtaken = stock(new FailingAt(0) {
                @Override
                public boolean publish(ServiceId serviceId, BatchId same, UUID importId, int expected) {
                    assertEquals(
                            Imported.of(batch, size),
                            stock.importBatch(batch, csv(rows(first, first + size)), n -> {})
                                    .orElseThrow());
                    return store.publish(serviceId, same, importId, expected);
                }
            });

            assertThrows(LostRaceException.class, () -> overtaken.importBatch(batch, csv(rows(0, 10)), n -> {}));
            assertEquals(Optional.empty(), state(0));
            assertEquals(Optional.of(StockState.AVAILABLE), state(first));
        }
    }

    /** The other import stages as many tokens as the first one lost, so that the size of the batch is as expected. */
    @Test
    @Tag("R5.1")
    void anImportThatIsOvertakenAddsNothingToTheTokensOfTheOther() {
        TokenStock overtaken = stock(new FailingAt(0) {
            private final List<StockedToken> first = new ArrayList<>();

            @Override
            public Set<SerialNumber> stage(
                    ServiceId serviceId, BatchId batch, UUID importId, List<StockedToken> tokens) {
                if (first.isEmpty()) {
                    first.addAll(tokens);
                } else {
                    UUID other = new UUID(1, 1);
                    assertTrue(store.begin(serviceId, batch, other));
                    assertEquals(Set.of(), store.stage(serviceId, batch, other, first));
                }
                return store.stage(serviceId, batch, importId, tokens);
            }
        });

        assertThrows(LostRaceException.class, () -> overtaken.importBatch(BATCH, csv(rows(0, 1_500)), staged -> {}));
        assertEquals(Optional.of(StockState.STAGED), state(0));
        assertEquals(Optional.empty(), state(1_200));
    }

    /** The first import publishes between the staging and the discard of a file of the same size. */
    @Test
    @Tag("R5.1")
    void theGoodTokensOfARejectedFileAreNotPublishedByAnotherImport() {
        TokenStock overtaken = stock(new FailingAt(0) {
            @Override
            public boolean publish(ServiceId serviceId, BatchId batch, UUID importId, int size) {
                TokenStock rejecting = stock(new FailingAt(0) {
                    @Override
                    public void discard(ServiceId same, BatchId rejected, UUID ofRejected) {
                        assertThrows(LostRaceException.class, () -> store.publish(serviceId, batch, importId, size));
                        store.discard(same, rejected, ofRejected);
                    }
                });
                String file = rows(100, 110) + "bad\n";
                assertEquals(
                        1, bad(rejecting.importBatch(batch, csv(file), n -> {})).total());
                return store.publish(serviceId, batch, importId, size);
            }
        });

        assertThrows(LostRaceException.class, () -> overtaken.importBatch(BATCH, csv(rows(0, 10)), staged -> {}));
        assertEquals(Optional.empty(), state(0));
        assertEquals(Optional.empty(), state(100));
        assertEquals(Imported.of(BATCH, 10), imports(rows(0, 10)).orElseThrow());
    }

    @Test
    @Tag("R5.1")
    void aReaderThatWasReadBeforeIsRejected() {
        for (int records : List.of(3, 1)) {
            SeedReader read = csv(rows(0, records));
            assertEquals(1, read.next().place().index());
            assertThrows(IllegalArgumentException.class, () -> stock.importBatch(BATCH, read, staged -> {}));
        }
        assertEquals(Optional.empty(), state(1));

        SeedReader peeked = csv(rows(0, 3));
        assertTrue(peeked.hasNext());
        assertEquals(
                Imported.of(BATCH, 3),
                stock.importBatch(BATCH, peeked, staged -> {}).orElseThrow());
    }

    @Test
    @Tag("R5.1")
    void doesNotMixTwoFilesUnderOneName() {
        TokenStock failing = stock(new FailingAt(2));
        assertThrows(StorageException.class, () -> failing.importBatch(BATCH, csv(rows(5_000, 6_500)), n -> {}));

        assertEquals(Imported.of(BATCH, 10), imports(rows(0, 10)).orElseThrow());
        assertEquals(Optional.empty(), state(5_000));
        assertRefused(Refusal.BATCH_TAKEN, imports(rows(10, 20)));
        assertEquals(Optional.empty(), state(10));
    }

    @Test
    @Tag("R5.1")
    void discardsAFileThatCannotBeReadToItsEnd() {
        String cut = rows(0, 1_200) + "\"" + serial(1_201);

        assertThrows(SeedFileException.class, () -> imports(cut));

        assertEquals(Optional.empty(), state(0));
        assertEquals(Imported.of(BATCH, 3), imports(rows(0, 3)).orElseThrow());
    }

    /** A store that fails once, at a given piece. */
    private class FailingAt implements StockStore {
        private int left;

        FailingAt(int left) {
            this.left = left;
        }

        @Override
        public Optional<StockedToken> find(ServiceId serviceId, SerialNumber serial) {
            return store.find(serviceId, serial);
        }

        @Override
        public boolean begin(ServiceId serviceId, BatchId batch, UUID importId) {
            return store.begin(serviceId, batch, importId);
        }

        @Override
        public Set<SerialNumber> stage(ServiceId serviceId, BatchId batch, UUID importId, List<StockedToken> tokens) {
            if (--left == 0) {
                throw new StorageException("the disk is full", null);
            }
            return store.stage(serviceId, batch, importId, tokens);
        }

        @Override
        public boolean publish(ServiceId serviceId, BatchId batch, UUID importId, int size) {
            return store.publish(serviceId, batch, importId, size);
        }

        @Override
        public void discard(ServiceId serviceId, BatchId batch, UUID importId) {
            store.discard(serviceId, batch, importId);
        }

        @Override
        public Optional<StockState> state(ServiceId serviceId, SerialNumber serial) {
            return store.state(serviceId, serial);
        }

        @Override
        public boolean withdraw(ServiceId serviceId, SerialNumber serial, Withdrawal withdrawal) {
            return store.withdraw(serviceId, serial, withdrawal);
        }
    }
}
