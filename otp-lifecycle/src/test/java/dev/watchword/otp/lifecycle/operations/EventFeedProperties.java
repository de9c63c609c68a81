package dev.watchword.otp.lifecycle.operations;

import dev.watchword.otp.lifecycle.testing.Check;
import dev.watchword.otp.lifecycle.testing.FeedSchedules;
import dev.watchword.otp.lifecycle.testing.InMemoryTokenStore;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;

/** The rules of the feed hold for random schedules of writers, workers, failures, deaths, operators and outages. */
class EventFeedProperties {
    @Property(tries = 200)
    @Tag("R9.5")
    void noEventIsSkippedOrReordered(@ForAll long seed) throws Exception {
        for (Check check : FeedSchedules.checks(InMemoryTokenStore::new, seed)) {
            check.run();
        }
    }
}
