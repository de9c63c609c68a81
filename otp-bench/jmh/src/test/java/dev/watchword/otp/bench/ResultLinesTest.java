package dev.watchword.otp.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.watchword.otp.HmacAlgorithm;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResultLinesTest {
    private static final int SHA1_BLOCKS_IN_BULK = 64 * 1024 / 64 + 1;
    private static final int SHA512_BLOCKS_IN_BULK = 64 * 1024 / 128 + 1;

    private final Locale before = Locale.getDefault();
    private final Map<Library, Map<Case, Figures.Cost>> costs = new EnumMap<>(Library.class);
    private final Figures figures = new Figures(
            costs,
            Map.of(
                    HmacAlgorithm.SHA1, 30.0 * SHA1_BLOCKS_IN_BULK,
                    HmacAlgorithm.SHA256, 31.0 * SHA1_BLOCKS_IN_BULK,
                    HmacAlgorithm.SHA512, 120.0 * SHA512_BLOCKS_IN_BULK),
            500,
            Map.of(
                    "verifyAccepted", new Figures.Cost(9000, 4000),
                    "cryptography", new Figures.Cost(3000, 500),
                    "preparedResponse", new Figures.Cost(600, 700),
                    "preparedHmac", new Figures.Cost(500, 40),
                    "freshResponse", new Figures.Cost(900, 800),
                    "freshHmac", new Figures.Cost(600, 240)));

    /** Watchword takes 50 ns for each block, java-otp 101.5 ns, and every other library 150 ns. */
    @BeforeEach
    void measure() {
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        for (Library library : Library.values()) {
            double nanos = switch (library) {
                case WATCHWORD -> 50;
                case JAVA_OTP -> 101.5;
                default -> 150;
            };
            for (Case asked : Case.values()) {
                cost(library, asked, nanos * asked.blocks(), 1234.5);
            }
        }
    }

    @AfterEach
    void restoreLocale() {
        Locale.setDefault(before);
    }

    private void cost(Library library, Case asked, double nanos, double bytes) {
        costs.computeIfAbsent(library, key -> new EnumMap<>(Case.class)).put(asked, new Figures.Cost(nanos, bytes));
    }

    @Test
    void a_line_for_each_case_then_scaling_then_the_other_hashes() {
        assertEquals(
                List.of(
                        "ratio fresh-wrong ns 400 bytes 1235 floor 1.67 peer 2.03 java-otp",
                        "ratio fresh-current ns 200 bytes 1235 floor 1.67 peer 2.03 java-otp",
                        "ratio fresh-late ns 300 bytes 1235 floor 1.67 peer 2.03 java-otp",
                        "ratio prepared-wrong ns 300 bytes 1235 floor 1.67 peer 2.03 java-otp",
                        "ratio prepared-current ns 100 bytes 1235 floor 1.67 peer 2.03 java-otp",
                        "ratio prepared-late ns 200 bytes 1235 floor 1.67 peer 2.03 java-otp",
                        "service verify-accepted ns 9000 bytes 4000 floor 3.00",
                        "ocra prepared ns 600 bytes 700 floor 1.20",
                        "ocra fresh ns 900 bytes 800 floor 1.50",
                        "scaling threads 2 ratio 1.60",
                        "also fresh-wrong SHA-256 ns 1200 bytes 1235 floor 4.84"),
                ResultLines.of(figures).subList(0, 11));
        assertEquals(
                "also prepared-late SHA-512 ns 600 bytes 1235 floor 1.25",
                ResultLines.of(figures).get(6 + 4 + 2 * 6 - 1));
    }

    @Test
    void the_peer_is_the_fastest_of_the_case_even_if_it_is_faster_than_ours() {
        cost(Library.LIBTOTP, Case.FRESH_LATE, 150, 0);
        cost(Library.WATCHWORD_SHA256, Case.FRESH_LATE, 1, 0);

        assertEquals(
                "ratio fresh-late ns 300 bytes 1235 floor 1.67 peer 0.50 libtotp",
                ResultLines.of(figures).get(2));
    }

    @Test
    void what_was_not_measured_is_not_made_up() {
        costs.put(Library.ONE_TIME, Map.of());

        assertThrows(IllegalStateException.class, () -> ResultLines.of(figures));
    }

    @Test
    void the_table_has_every_library_and_the_floors() {
        cost(Library.GOOGLE_AUTH, Case.FRESH_WRONG, 12345.6, 0);

        List<String> table = ResultTable.of(figures);

        assertEquals(2 + 3 + Library.values().length, table.size());
        assertEquals("| the floor, SHA-1 | 240 | 120 | 180 | 180 | 60 | 120 |", table.get(2));
        assertEquals(
                "| watchword, SHA-1 | 400 (1,234) | 200 (1,234) | 300 (1,234) | 300 (1,234) | 100 (1,234) | 200 (1,234) |",
                table.get(3));
        assertEquals("| GoogleAuth, SHA-1 | 12,346 (0) |", table.get(5).substring(0, 34));
    }
}
