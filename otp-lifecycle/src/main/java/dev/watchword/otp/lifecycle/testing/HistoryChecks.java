package dev.watchword.otp.lifecycle.testing;

import static dev.watchword.otp.lifecycle.testing.Scene.HANAKO;
import static dev.watchword.otp.lifecycle.testing.Scene.SERIAL_1;
import static dev.watchword.otp.lifecycle.testing.Scene.SERIAL_2;
import static dev.watchword.otp.lifecycle.testing.Scene.TARO;
import static dev.watchword.otp.lifecycle.testing.Scene.USER_1;
import static dev.watchword.otp.lifecycle.testing.Scene.USER_2;
import static dev.watchword.otp.lifecycle.testing.Scene.expect;
import static dev.watchword.otp.lifecycle.testing.Scene.token;

import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.HistoryAnchor;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Origin;
import dev.watchword.otp.lifecycle.model.RecordedEvent;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Checks that each holder has a history, in order and without gaps. */
final class HistoryChecks {
    private static final Origin ORIGIN = Origin.NONE.source("203.0.113.7").reference("TX-4711");

    private HistoryChecks() {}

    static void historyInPieces(Scene scene) {
        Enrolment enrolment = scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        for (int i = 0; i < 11; i++) {
            enrolment = scene.commit(scene.next(enrolment, token(SERIAL_1), 1 + i % 2));
        }
        List<Long> all = LongStream.rangeClosed(1, 17).boxed().toList();

        expect("all numbers", numbers(scene.history(TARO)), all);
        expect("numbers 1 to 5", numbers(scene.store.history(scene.serviceId, TARO, 0, 5)), all.subList(0, 5));
        expect("numbers 6 to 10", numbers(scene.store.history(scene.serviceId, TARO, 5, 5)), all.subList(5, 10));
        expect("the last number", numbers(scene.store.history(scene.serviceId, TARO, 16, 5)), all.subList(16, 17));
        expect("the page after the last event", scene.store.history(scene.serviceId, TARO, 17, 5), List.of());
    }

    private static List<Long> numbers(List<RecordedEvent> events) {
        return events.stream().map(recorded -> recorded.event().number()).toList();
    }

    static void historiesAreApart(Scene scene) {
        Enrolment taro = scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        scene.commit(scene.first(HANAKO, USER_2, token(SERIAL_2)));
        EnrolmentChange later = scene.next(taro, token(SERIAL_1), 2);
        scene.commit(later);

        expect("the end of one history", scene.historyAfter(TARO, 1), later.events());
        expect("the serial numbers in the other history", scene.serials(HANAKO), List.of(SERIAL_2));
    }

    static void reasonsAreErased(Scene scene) {
        Enrolment taro = scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        Enrolment hanako = scene.commit(scene.first(HANAKO, USER_2, token(SERIAL_2)));
        taro = scene.commit(event(taro, EventType.SUSPENDED, "the voice was another's"));
        taro = scene.commit(event(taro, EventType.CODE_ACCEPTED, null, ORIGIN));
        taro = scene.commit(event(taro, EventType.CODE_ACCEPTED, null, Origin.NONE.reference("TX-4712")));
        hanako = scene.commit(event(hanako, EventType.SUSPENDED, "a lost token"));
        scene.commit(event(hanako, EventType.CODE_ACCEPTED, null, ORIGIN));
        List<RecordedEvent> others = scene.history(HANAKO);
        List<RecordedEvent> before = scene.history(TARO);
        List<@Nullable String> words = Arrays.asList(null, "the voice was another's", null, null);
        expect("the words", reasons(before), words);
        expect("the origin", before.get(2).event().origin(), ORIGIN);
        expect("the reference", before.get(3).event().origin(), Origin.NONE.reference("TX-4712"));
        EnrolmentChange erasure = event(taro, EventType.ERASED, null);
        scene.commit(erasure);
        List<RecordedEvent> expected =
                new ArrayList<>(before.stream().map(RecordedEvent::withoutWords).toList());
        expected.addAll(erasure.events());
        expect("the history without the words", scene.history(TARO), expected);
        expect("the other's history", scene.history(HANAKO), others);
    }

    private static List<@Nullable String> reasons(List<RecordedEvent> events) {
        List<@Nullable String> reasons = new ArrayList<>();
        events.forEach(recorded -> reasons.add(recorded.event().reason()));
        return reasons;
    }

    /** Returns a change with one event and nothing else. */
    static EnrolmentChange event(Enrolment before, EventType type, @Nullable String reason) {
        return event(before, type, reason, Origin.NONE);
    }

    private static EnrolmentChange event(Enrolment before, EventType type, @Nullable String reason, Origin origin) {
        long number = before.eventCount() + 1;
        TokenEvent event = TokenEvent.builder()
                .number(number)
                .at(Scene.NOW)
                .type(type)
                .reason(reason)
                .origin(origin)
                .build();
        Enrolment after =
                Scene.after(before, before.userId(), before.token(), before.pending(), null, before.credentials(), 1);
        return EnrolmentChange.builder()
                .id(UUID.randomUUID())
                .before(before)
                .after(after)
                .events(List.of(Scene.recorded(event)))
                .build();
    }

    static void archived(Scene scene) {
        Enrolment taro = scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        taro = scene.commit(event(taro, EventType.SUSPENDED, "lost"));
        scene.commit(scene.next(taro, token(SERIAL_1), 3));
        scene.commit(scene.first(HANAKO, USER_2, token(SERIAL_2)));
        List<RecordedEvent> before = scene.history(TARO);
        List<RecordedEvent> others = scene.history(HANAKO);
        expect("the first anchor", scene.archive().anchor(scene.serviceId, TARO), Optional.empty());
        HistoryAnchor two = anchor(2);
        expect("the result of archive", scene.archive().archive(scene.serviceId, TARO, null, two), true);
        expect("the anchor", scene.archive().anchor(scene.serviceId, TARO), Optional.of(two));
        expect(
                "the remaining events",
                scene.history(TARO),
                before.stream().skip(2).toList());
        expect("the remaining events", numbers(scene.history(TARO)), List.of(3L, 4L, 5L));
        HistoryAnchor five = anchor(5);
        expect("the result of archive", scene.archive().archive(scene.serviceId, TARO, two, five), true);
        expect("the next anchor", scene.archive().anchor(scene.serviceId, TARO), Optional.of(five));
        expect("the remaining events", scene.history(TARO), List.of());
        expect("the other's anchor", scene.archive().anchor(scene.serviceId, HANAKO), Optional.empty());
        expect("the other's history", scene.history(HANAKO), others);
        scene.commit(scene.next(scene.stored(TARO), token(SERIAL_1), 1));
        expect("the following events", numbers(scene.history(TARO)), List.of(6L));
    }

    private static HistoryAnchor anchor(long number) {
        return new HistoryAnchor(number, Scene.link(number), Scene.link(number + 100));
    }

    static void archivedOnce(Scene scene) {
        Enrolment taro = scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        scene.commit(scene.next(taro, token(SERIAL_1), 3));
        expect("the result of archive", scene.archive().archive(scene.serviceId, TARO, anchor(1), anchor(2)), false);
        expect("the result of archive", scene.archive().archive(scene.serviceId, TARO, null, anchor(2)), true);
        expect("the result of archive", scene.archive().archive(scene.serviceId, TARO, null, anchor(3)), false);
        expect("the result of archive", scene.archive().archive(scene.serviceId, TARO, anchor(1), anchor(3)), false);
        expect("the anchor", scene.archive().anchor(scene.serviceId, TARO), Optional.of(anchor(2)));
        expect("the remaining events", numbers(scene.history(TARO)), List.of(3L, 4L));
    }

    private static Set<Enrolment> enrolSeven(Scene scene) {
        Set<Enrolment> all = new HashSet<>();
        for (int i = 0; i < 7; i++) {
            Holder holder =
                    new Holder(List.of("a", "B", "z", "信", "é", "10", "9").get(i));
            all.add(scene.commit(scene.first(holder, ShapeChecks.userId(i), token(ShapeChecks.serial(i)))));
        }
        return all;
    }

    static void holderPages(Scene scene) {
        Scene other = scene.other();
        other.commit(other.first(HANAKO, USER_1, token(SERIAL_1)));
        Set<Holder> all = new HashSet<>();
        enrolSeven(scene).forEach(enrolment -> all.add(enrolment.holder()));
        List<Holder> read = new ArrayList<>();
        List<Holder> page = scene.store.holders(scene.serviceId, null, 3);
        while (!page.isEmpty() && read.size() <= all.size()) {
            read.addAll(page);
            page = scene.store.holders(scene.serviceId, page.get(page.size() - 1), 3);
        }
        expect("the number of holders", read.size(), all.size());
        expect("the holders", new HashSet<>(read), all);
    }
}
