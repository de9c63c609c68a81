package dev.watchword.otp.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.watchword.otp.lifecycle.testing.InMemoryTokens;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What nobody touched verifies, archived and erased or not. */
class HistoryProperties extends TokenServiceFixture {
    private static final Holder TARO = new Holder("taro");

    @Property(tries = 10_000)
    @Tag("R9.3")
    @Tag("R9.4")
    @Tag("R10.3")
    void anUntouchedHistoryIsIntact(@ForAll @Size(max = 25) List<@IntRange(max = 7) Integer> deeds) {
        new HistoryProperties().live(deeds);
    }

    private void live(List<Integer> deeds) {
        HistoryVerifier verifier = HistoryVerifier.of(InMemoryTokens.SERVICE_ID, store, InMemoryTokens.KEYS);
        HistoryArchiver archiver = HistoryArchiver.of(InMemoryTokens.SERVICE_ID, store, InMemoryTokens.KEYS);
        for (int deed : deeds) {
            switch (deed) {
                case 0, 1 -> tokens.orderFob(TARO, Confirmation.NONE);
                case 2, 3 -> desk.cancel(TARO, "words " + deed);
                case 4 -> desk.resetFactors(TARO, "asked for");
                case 5 -> desk.erase(TARO);
                case 6 -> archiver.archive(clock.instant(), (holder, events) -> {}, progress -> {});
                default -> clock.advance(Duration.ofDays(20));
            }
        }
        long all = store.find(InMemoryTokens.SERVICE_ID, TARO)
                .map(Enrolment::eventCount)
                .orElse(0L);
        long archived = store.anchor(InMemoryTokens.SERVICE_ID, TARO)
                .map(HistoryAnchor::number)
                .orElse(0L);
        assertEquals(new HistoryVerdict.Intact(all - archived, archived), verifier.verify(TARO));
    }
}
