package dev.watchword.otp.jdbc;

import static dev.watchword.otp.jdbc.support.Outcomes.assertAccepted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.RaisedFloor;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy of an SQLite file without its log is an earlier, consistent state. The floor keeps spent codes spent. */
@Tag("R11.3")
class CopiedFileTest {
    private static final Holder TARO = new Holder("taro");

    @TempDir
    Path folder;

    private final FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z");

    private Institution bank(EmbeddedDatabase database) {
        return TestInstitution.builder(database.tokenStore(), clock).build();
    }

    /** Copies the file while another process has it open, and its newest commits are in the log alone. */
    private Path copyWithoutLog(Path file) throws IOException {
        assertTrue(Files.size(file.resolveSibling("tokens-wal")) > 0);
        return Files.copy(file, folder.resolve("copy"));
    }

    @Test
    void theFloorKeepsTheCodesOfTheLostCommitsSpent() throws IOException, SQLException {
        Path file = folder.resolve("tokens");
        FakePhone phone;
        try (EmbeddedDatabase database = EmbeddedDatabase.open(file)) {
            phone = FakePhone.active(bank(database).tokens(), TARO, clock);
        }
        String spent = phone.code();
        Path copy;
        try (EmbeddedDatabase database = EmbeddedDatabase.open(file)) {
            assertAccepted(bank(database).tokens().verify(TARO, spent, Purpose.LOGIN));
            copy = copyWithoutLog(file);
        }

        try (EmbeddedDatabase restored = EmbeddedDatabase.open(copy)) {
            Institution bank = bank(restored);
            assertEquals(List.of("ok"), EmptyDatabase.query(restored.dataSource(), "PRAGMA integrity_check"));
            assertTrue(bank.histories().verify(TARO).isIntact());
            assertTrue(bank.histories().read(TARO, 0, 100).stream()
                    .noneMatch(event -> event.type() == EventType.CODE_ACCEPTED));
            Operator operator = new Operator("helpdesk-7");
            RaisedFloor raised = bank.desk(operator)
                    .raiseFloor(clock.instant(), "copied the file", handled -> {})
                    .orElseThrow();

            assertFalse(bank.tokens().verify(TARO, spent, Purpose.LOGIN).isAccepted());

            clock.set(raised.loginFrom());
            clock.toNextStep(TotpProfile.BANK);
            assertAccepted(bank.tokens().verify(TARO, phone.code(), Purpose.LOGIN));
        }
    }
}
