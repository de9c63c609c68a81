package dev.watchword.otp.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class CaseTest {
    @Test
    void the_floor_is_two_blocks_for_the_key_and_two_for_each_step_tried() {
        List<String> blocks = Arrays.stream(Case.values())
                .map(asked -> asked.label() + " " + asked.blocks())
                .toList();

        assertEquals(
                List.of(
                        "fresh-wrong 8",
                        "fresh-current 4",
                        "fresh-late 6",
                        "prepared-wrong 6",
                        "prepared-current 2",
                        "prepared-late 4"),
                blocks);
    }

    @Test
    void the_median_is_not_moved_by_an_outlier() {
        assertEquals(2, Median.of(DoubleStream.of(1000, 2, 1)));
        assertEquals(2.5, Median.of(DoubleStream.of(3, 1, 2, 1000)));
    }
}
