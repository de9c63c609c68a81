package dev.watchword.demo.desk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.demo.visit.ChromeVisitor;
import dev.watchword.demo.visit.Inspector;
import dev.watchword.demo.visit.Texts;
import dev.watchword.otp.lifecycle.model.ConsumerName;
import dev.watchword.otp.lifecycle.model.FeedStart;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.operations.EventFeed;
import dev.watchword.otp.lifecycle.policy.FeedPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every page of the desk in a browser, whose inspector checks the accessibility of each. */
class DeskInBrowser {
    private static final int PHONE = 390;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"ja", "en"})
    void everyPageIsAccessible(String language) throws IOException {
        Texts texts = new Texts(Locale.forLanguageTag(language));
        Inspector inspector = new Inspector();
        try (Branch branch = new Branch();
                ChromeVisitor visitor = ChromeVisitor.start(branch.address(), texts.language(), true, inspector)) {
            Holder holder = prepare(branch);
            visitor.width(PHONE);
            visitor.open("/desk/login");
            visitor.fill(texts.of("desk.login.name"), "sato");
            visitor.fill(texts.of("login.password"), "desk-demo-1");
            visitor.press(texts.of("login.submit"));
            visitor.fill(texts.of("desk.search.label"), "青森");
            visitor.press(texts.of("desk.search.submit"));
            visitor.picture("desk-home-" + language);

            visitor.open("/desk/holders/nobue");
            visitor.picture("desk-holder-" + language);
            for (DeskAction action : DeskAction.of(branch.registration(holder))) {
                visitor.open("/desk/holders/nobue/" + action.path());
                visitor.picture("desk-" + action.path() + "-" + language);
            }
            for (DeskAction action : new DeskAction[] {DeskAction.ASSIGN, DeskAction.SEND, DeskAction.ERASE}) {
                visitor.open("/desk/holders/taro/" + action.path());
            }
            visitor.open("/desk/holders/nobue/emergency-codes");
            visitor.fill(texts.of("desk.field.reason"), "lost");
            visitor.press(texts.of("desk.submit.EMERGENCY_CODES"));
            visitor.picture("desk-codes-" + language);
            visitor.open("/desk/holders/nobue/history");
            visitor.picture("desk-history-" + language);

            stock(texts, visitor);
            for (ListKind kind : ListKind.values()) {
                visitor.open("/desk/lists?days=3650&list=" + kind.path());
                visitor.picture("desk-list-" + kind.path() + "-" + language);
                assertThat(visitor.title()).endsWith(texts.of("desk.list." + kind));
            }
            visitor.open("/desk/feed");
            visitor.picture("desk-feed-" + language);
            visitor.press(texts.of("desk.feed.decide"));
            visitor.picture("desk-parked-" + language);
        }
        assertThat(inspector.seen()).hasSizeGreaterThanOrEqualTo(30);
    }

    private void stock(Texts texts, ChromeVisitor visitor) throws IOException {
        String language = texts.language().getLanguage();
        visitor.open("/desk/stock");
        visitor.picture("desk-stock-" + language);
        visitor.open("/desk/stock/token?serial=12120000001");
        visitor.open("/desk/stock/withdraw");
        visitor.open("/desk/stock/withdraw-many");
        visitor.fill(texts.of("desk.bulk.batch"), "batch-1");
        visitor.fill(texts.of("desk.field.reason"), "recalled");
        visitor.press(texts.of("desk.bulk.submit"));
        visitor.picture("desk-plan-" + language);
        visitor.open("/desk/stock/import");
        visitor.picture("desk-import-" + language);
        visitor.fill(texts.of("desk.import.batch"), "delivery");
        visitor.choose(texts.of("desk.import.layout"), texts.of("desk.layout.SERIAL_HEX"));
        visitor.attach(
                texts.of("desk.import.file"), Files.writeString(directory.resolve("bad.csv"), "12120000009,31\n"));
        visitor.press(texts.of("desk.import.submit"));
        visitor.picture("desk-import-bad-" + language);
        assertThat(visitor.text()).contains(texts.of("desk.bad.total", 1));
        visitor.open("/desk/stock?state=WITHDRAWN");
    }

    /** Prepares a suspended token, a suspended customer, an order, stock in each state and a parked event. */
    private static Holder prepare(Branch branch) {
        ConsumerName ledger = new ConsumerName("ledger");
        branch.institution().consumers().create(ledger, FeedStart.NOW);
        Holder holder = branch.add("nobue", "青森 信恵");
        EventFeed feed = branch.institution()
                .feed(
                        ledger,
                        FeedPolicy.builder()
                                .attempts(2)
                                .firstDelay(Duration.ofSeconds(1))
                                .longestDelay(Duration.ofSeconds(1))
                                .build());
        for (int attempt = 0; attempt < 2; attempt++) {
            Object unused = feed.deliver((of, event) -> {
                throw new IllegalStateException("The ledger is closed");
            });
            branch.move(Duration.ofSeconds(2));
        }
        branch.activate(holder);
        branch.desk().suspend(holder, SuspensionReason.LOST, "lost").orElseThrow();
        branch.stock("12120000001", "12120000002", "12120000003");
        Holder taro = new Holder("taro");
        branch.desk().orderHardware(taro, "at the counter").orElseThrow();
        branch.desk().assign(taro, "12120000001").orElseThrow();
        Object unused = branch.desk().withdraw("12120000002", "dark").orElseThrow();
        branch.desk()
                .suspendHolder(new Holder("hanako"), SuspensionReason.FRAUD_SUSPECTED, "odd transfers")
                .orElseThrow();
        return holder;
    }
}
