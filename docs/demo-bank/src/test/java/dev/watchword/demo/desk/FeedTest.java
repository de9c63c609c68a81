package dev.watchword.demo.desk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.demo.visit.HttpVisitor;
import dev.watchword.otp.lifecycle.model.ConsumerName;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.FeedStart;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.operations.EventFeed;
import dev.watchword.otp.lifecycle.policy.FeedPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Events that a consumer could not handle wait at the desk. */
class FeedTest {
    private static final ConsumerName LEDGER = new ConsumerName("ledger");
    private static final FeedPolicy HASTY = FeedPolicy.builder()
            .attempts(2)
            .firstDelay(Duration.ofSeconds(1))
            .longestDelay(Duration.ofSeconds(1))
            .failingHolders(1000)
            .build();
    private static Branch branch;

    @BeforeAll
    static void open() {
        branch = new Branch();
        branch.institution().consumers().create(LEDGER, FeedStart.NOW);
    }

    @AfterAll
    static void close() {
        branch.close();
    }

    private static String text(String key, Object... values) {
        return branch.texts.of(key, values);
    }

    private static EventFeed feed() {
        return branch.institution().feed(LEDGER, HASTY);
    }

    /** Adds a customer whose first event the ledger cannot handle. */
    private static Holder park(String loginId, String name) {
        Holder holder = branch.add(loginId, name);
        fail(holder);
        return holder;
    }

    /** Lets the ledger fail at the next event of a customer until the event is parked. */
    private static void fail(Holder holder) {
        EventFeed feed = feed();
        for (int attempt = 0; attempt < 2; attempt++) {
            Object unused = feed.deliver((of, event) -> {
                if (of.equals(holder)) {
                    throw new IllegalStateException("The ledger is closed <i>today</i>");
                }
            });
            branch.move(Duration.ofSeconds(2));
        }
    }

    private static List<EventType> delivered(Holder holder) {
        List<TokenEvent> events = new ArrayList<>();
        Object unused = feed().deliver((of, event) -> {
            if (of.equals(holder)) {
                events.add(event);
            }
        });
        return events.stream().map(TokenEvent::type).toList();
    }

    private static HttpVisitor decide(String customer) {
        HttpVisitor operator = branch.operator();
        operator.open("/desk");
        operator.press(text("nav.feed"));
        operator.pressIn(customer, text("desk.feed.decide"));
        return operator;
    }

    @Test
    @Tag("R9.5")
    void aParkedEventIsDeliveredAgain() {
        Holder holder = park("zen", "新郷 善");
        assertThat(delivered(holder)).isEmpty();
        HttpVisitor operator = decide("zen 新郷 善");
        assertThat(operator.title()).isEqualTo("Decision about event 1 (ledger)");
        assertThat(operator.text()).contains("The confirmation password was set.", "The ledger is closed <i>today</i>");
        operator.press(text("desk.parked.retry"));
        assertThat(operator.text()).contains(text("desk.error.reason"));
        operator.fill(text("desk.field.reason"), "the ledger is open again");
        operator.press(text("desk.parked.retry"));
        assertThat(operator.text()).contains(text("desk.done.RETRY"));
        assertThat(operator.count("main tbody th a[href$=zen]")).isZero();
        assertThat(delivered(holder)).containsExactly(EventType.PASSWORD_SET);

        operator.open("/desk/holders/zen/history");
        assertThat(operator.text()).contains("ledger: event 1 is delivered again, by sato: the ledger is open again");
    }

    @Test
    void aParkedEventIsSkipped() {
        Holder holder = park("yui", "八戸 結衣");
        HttpVisitor operator = decide("yui 八戸 結衣");
        operator.fill(text("desk.field.reason"), "booked by hand");
        operator.press(text("desk.parked.skip"));
        assertThat(operator.text()).contains(text("desk.done.SKIP"));
        assertThat(delivered(holder)).isEmpty();
        assertThat(branch.institution().consumers().parked(LEDGER, null, 10))
                .noneMatch(parked -> parked.holder().equals(holder));
    }

    @Test
    void aSecondDecisionChangesNothing() {
        park("xena", "十和田 世那");
        HttpVisitor first = decide("xena 十和田 世那");
        HttpVisitor second = decide("xena 十和田 世那");
        first.fill(text("desk.field.reason"), "booked by hand");
        first.press(text("desk.parked.skip"));
        second.fill(text("desk.field.reason"), "try again");
        second.press(text("desk.parked.retry"));
        assertThat(second.text()).contains(text("desk.done.OVERTAKEN"));
        second.open("/desk/feed/ledger/xena");
        assertThat(second.path()).isEqualTo("/desk/feed");
    }

    /** The second page shows the event as it was parked at first. */
    @Test
    void aDecisionAboutAnEarlierParkingChangesNothing() {
        Holder holder = park("waka", "三沢 和花");
        HttpVisitor first = decide("waka 三沢 和花");
        HttpVisitor second = decide("waka 三沢 和花");
        first.fill(text("desk.field.reason"), "try again");
        first.press(text("desk.parked.retry"));
        fail(holder);
        second.fill(text("desk.field.reason"), "booked by hand");
        second.press(text("desk.parked.skip"));
        assertThat(second.text()).contains(text("desk.done.OVERTAKEN"));
        assertThat(branch.institution().consumers().parked(LEDGER, null, 10))
                .anyMatch(parked -> parked.holder().equals(holder));
    }

    @Test
    void eachConsumerIsShown() {
        HttpVisitor operator = branch.operator();
        operator.open("/desk/feed");
        assertThat(operator.text()).contains("Program: ledger " + text("desk.feed.running"));
        assertThat(branch.institution().consumers().list())
                .hasSize(5)
                .filteredOn(consumer -> !consumer.equals(LEDGER))
                .allSatisfy(consumer -> assertThat(operator.text())
                        .contains(text("desk.feed.consumer", text("desk.consumer." + consumer))));
        Map<String, String> form = Map.of(
                "number",
                "1",
                "since",
                "2026-11-23T00:00:00Z",
                "reason",
                "x",
                "choice",
                "PRETEND",
                "_csrf",
                operator.csrf());
        operator.post("/desk/feed/ledger/taro", form);
        assertThat(operator.status()).isEqualTo(400);
        operator.open("/desk/feed/unknown/taro");
        assertThat(operator.status()).isEqualTo(404);
    }

    @Test
    void aPauseIsShownWithItsEnd() {
        FeedPolicy slow = FeedPolicy.builder()
                .firstDelay(Duration.ofMinutes(10))
                .longestDelay(Duration.ofMinutes(10))
                .failingHolders(2)
                .build();
        EventFeed feed = branch.institution().feed(LEDGER, slow);
        branch.add("pa-1", "停止 一");
        branch.add("pa-2", "停止 二");
        Object unused = feed.deliver((holder, event) -> {
            if (holder.value().startsWith("pa-")) {
                throw new IllegalStateException("The ledger is down");
            }
        });
        HttpVisitor operator = branch.operator();
        operator.open("/desk/feed");
        assertThat(operator.text()).contains("It is paused until ");
        branch.move(Duration.ofMinutes(20));
        unused = feed.deliver((holder, event) -> {});
    }
}
