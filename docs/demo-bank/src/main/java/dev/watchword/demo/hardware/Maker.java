package dev.watchword.demo.hardware;

import dev.watchword.demo.bank.JapanTime;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.model.LostRaceException;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.StockState;
import dev.watchword.otp.lifecycle.operations.Imported;
import dev.watchword.otp.lifecycle.operations.TokenStock;
import dev.watchword.otp.lifecycle.seeds.SeedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** The maker of the hardware tokens. Its seed files are in the demonstration's directory, which all instances share. */
@Component
@Profile("demo")
public class Maker {
    private static final int YEARS = 5;

    private final Institution institution;
    private final Clock clock;
    private final Path directory;

    Maker(Institution institution, Clock clock, @Value("${demo.directory}") String directory) {
        this.institution = institution;
        this.clock = clock;
        this.directory = Path.of(directory, "maker");
    }

    /** Produces the tokens at the first start, and imports the first delivery into the stock of a bank that does not have it yet. */
    public void stockTheBank() {
        for (SeedFile file : SeedFile.values()) {
            produce(file);
            if (file.imported() && !isInStock(file)) {
                stock(file);
            }
        }
    }

    /** Returns the path of a file that {@link #stockTheBank} has produced. */
    Path path(SeedFile file) {
        return directory.resolve(file.fileName());
    }

    /** Opens a file that {@link #stockTheBank} has produced. */
    InputStream open(SeedFile file) {
        try {
            return Files.newInputStream(path(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Creates a whole file, or leaves the one of an instance that was faster. */
    private void produce(SeedFile file) {
        if (Files.exists(path(file))) {
            return;
        }
        Instant expiresAt = clock.instant()
                .atZone(JapanTime.ZONE)
                .truncatedTo(ChronoUnit.MINUTES)
                .plusYears(YEARS)
                .toInstant();
        try {
            Path whole = Files.createTempFile(Files.createDirectories(directory), "seeds", null);
            Files.write(whole, Production.of(file, expiresAt));
            try {
                Files.createLink(path(file), whole);
            } catch (FileAlreadyExistsException e) {
                // the other instance's tokens count
            } finally {
                Files.delete(whole);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isInStock(SeedFile file) {
        return institution
                .stock()
                .state(Long.toString(file.firstSerial()))
                .filter(state -> state != StockState.STAGED)
                .isPresent();
    }

    private void stock(SeedFile file) {
        TokenStock stock = institution.stock();
        try (SeedReader reader = file.reader(open(file))) {
            Outcome<Imported> outcome = stock.importBatch(file.batch(), reader, staged -> {});
            if (!outcome.isAccepted() && !isInStock(file)) {
                Imported unused = outcome.orElseThrow();
            }
        } catch (LostRaceException | IllegalStateException e) {
            requireStocked(file, e);
        }
    }

    /** Another instance that started at the same time imports or has imported the file. */
    private void requireStocked(SeedFile file, RuntimeException lost) {
        if (institution.stock().state(Long.toString(file.firstSerial())).isEmpty()) {
            throw lost;
        }
    }
}
