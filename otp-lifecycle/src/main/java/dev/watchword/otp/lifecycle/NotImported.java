package dev.watchword.otp.lifecycle;

import dev.watchword.otp.lifecycle.stock.SeedRecord;
import java.util.List;

/**
 * That nothing of a batch is in stock, since it has bad records.
 *
 * @param bad what is wrong, and where: the first {@value #MAX_REPORTED} of them; nothing secret
 * @param badRecords how many there are in all
 */
public record NotImported(List<SeedRecord.Bad> bad, long badRecords) implements ImportOutcome {
    /** How many bad records are reported at most. */
    public static final int MAX_REPORTED = 1_000;

    /** Creates the outcome. */
    public NotImported {
        bad = List.copyOf(bad);
    }
}
