package dev.watchword.otp.jdbc;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.Holder;
import dev.watchword.otp.lifecycle.IssueOutcome;
import dev.watchword.otp.lifecycle.Issued;
import dev.watchword.otp.lifecycle.SoftwareRequest;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import dev.watchword.otp.lifecycle.spi.Turn;
import dev.watchword.otp.lifecycle.testing.InMemoryTokens;
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

/** On H2, whose rollbacks undo what others committed meanwhile, one writes after the other, whatever it writes. */
@Tag("R9.2")
class OneWriterTest {
    private static final String SETTINGS = ";WRITE_DELAY=0;USER=sa";

    @TempDir
    Path folder;

    @Test
    void twoStoresOfOneFileTakeTurns() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.open(folder.resolve("tokens"))) {
            assertTheyTakeTurns(database.tokenStore(), database.tokenStore());
        }
    }

    @Test
    void whateverTheyCallTheFile() throws Exception {
        Path file = folder.toRealPath().resolve("tokens");
        Path fromHere = Path.of("").toRealPath().relativize(file);
        try (HikariDataSource one = InTurn.pool("jdbc:h2:async:" + file + SETTINGS, 2);
                HikariDataSource other = InTurn.pool("jdbc:h2:async:./" + fromHere + SETTINGS, 2)) {
            JdbcSchema.apply(one);
            assertTheyTakeTurns(JdbcTokenStore.on(one), JdbcTokenStore.on(other));
        }
    }

    private static void assertTheyTakeTurns(TokenStore one, TokenStore other) throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            TokenService tokens = InMemoryTokens.builder(other, FakeClock.at("2026-11-23T09:00:00Z"))
                    .build();
            Future<IssueOutcome> issued;
            try (Turn turn = one.turn(InMemoryTokens.SERVICE_ID, new Holder("hanako"))) {
                turn.find();
                SoftwareRequest request = SoftwareRequest.of("taro@bank.example", "4726");
                issued = thread.submit(() -> tokens.issueSoftware(new Holder("taro"), request, Confirmation.NONE));
                assertThrows(TimeoutException.class, () -> issued.get(500, TimeUnit.MILLISECONDS));
            }
            assertInstanceOf(Issued.class, issued.get(1, TimeUnit.MINUTES));
        } finally {
            thread.shutdownNow();
        }
    }
}
