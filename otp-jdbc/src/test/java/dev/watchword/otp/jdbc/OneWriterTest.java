package dev.watchword.otp.jdbc;

import static dev.watchword.otp.jdbc.support.Outcomes.assertAccepted;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.Issued;
import dev.watchword.otp.lifecycle.SoftwareRequest;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.spi.Attempt;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeClock;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SQLite has one writer at a time. The writers of a process take turns, and other processes wait for SQLite's lock. */
@Tag("R9.2")
class OneWriterTest {
    @TempDir
    Path folder;

    @Test
    void twoStoresOfOneFileWriteOneAfterTheOther() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.open(folder.resolve("tokens"))) {
            assertTheyWriteOneAfterTheOther(database.tokenStore(), database.tokenStore());
        }
    }

    @Test
    void differentPathsOfOneFileAreEqual() throws Exception {
        Path file = folder.toRealPath().resolve("tokens");
        Path fromHere = Path.of("").toRealPath().relativize(file);
        try (HikariDataSource one = EmptyDatabase.sqlite(file);
                HikariDataSource other = EmptyDatabase.sqlite(fromHere)) {
            JdbcSchema.apply(one);
            assertTheyWriteOneAfterTheOther(JdbcTokenStore.on(one), JdbcTokenStore.on(other));
        }
    }

    private static void assertTheyWriteOneAfterTheOther(TokenStore one, TokenStore other) throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            TokenService tokens = TestInstitution.builder(other, FakeClock.at("2026-11-23T09:00:00Z"))
                    .build()
                    .tokens();
            Future<Outcome<Issued>> issued;
            try (Attempt attempt = one.attempt(TestInstitution.SERVICE_ID, new Holder("hanako"))) {
                assertTrue(attempt.find().isEmpty());
                SoftwareRequest request = SoftwareRequest.of("taro@bank.example", "4726");
                issued = thread.submit(() -> tokens.issueSoftware(new Holder("taro"), request, Confirmation.NONE));
                assertThrows(TimeoutException.class, () -> issued.get(500, TimeUnit.MILLISECONDS));
            }
            assertAccepted(issued.get(1, TimeUnit.MINUTES));
        } finally {
            thread.shutdownNow();
        }
    }
}
