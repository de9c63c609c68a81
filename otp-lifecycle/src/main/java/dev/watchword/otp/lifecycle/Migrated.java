package dev.watchword.otp.lifecycle;

import dev.watchword.otp.lifecycle.stock.SeedRecord;
import java.util.List;

/**
 * What became of a file of tokens that were in use in another system, or would become of it.
 *
 * @param takenOver how many tokens were taken over
 * @param already how many were taken over before, and are in use here
 * @param bad what is wrong with the others, and where: the first {@value #MAX_REPORTED} of them; nothing secret
 * @param badRecords how many there are in all
 */
public record Migrated(long takenOver, long already, List<SeedRecord.Bad> bad, long badRecords) {
    /** How many bad records are reported at most. */
    public static final int MAX_REPORTED = NotImported.MAX_REPORTED;

    /** Creates the outcome. */
    public Migrated {
        bad = List.copyOf(bad);
    }
}
