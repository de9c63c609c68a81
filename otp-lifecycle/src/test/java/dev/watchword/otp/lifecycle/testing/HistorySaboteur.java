package dev.watchword.otp.lifecycle.testing;

import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.RecordedEvent;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The histories of a {@link Saboteur}. */
final class HistorySaboteur {
    private final SaboteurTables tables;
    private final FieldSaboteur fields;
    private final Map<String, List<RecordedEvent>> histories = new HashMap<>();

    HistorySaboteur(SaboteurTables tables, FieldSaboteur fields) {
        this.tables = tables;
        this.fields = fields;
    }

    void write(EnrolmentChange change) {
        List<RecordedEvent> events =
                change.events().stream().map(fields::written).toList();
        if (tables.has(Flaw.WRITES_NO_EVENT)) {
            events = List.of();
        }
        if (tables.has(Flaw.DROPS_THE_SECOND_EVENT)) {
            events = events.subList(0, 1);
        }
        List<RecordedEvent> history =
                history(change.after().serviceId(), change.after().holder());
        history.addAll(events);
        if (change.erases() && !tables.has(Flaw.KEEPS_ERASED_REASONS)) {
            history.replaceAll(recorded -> tables.has(Flaw.KEEPS_ERASED_ORIGINS)
                    ? RecordedEvent.of(
                            recorded.event().toBuilder().reason(null).build(), recorded.reasonMac(), recorded.link())
                    : recorded.withoutWords());
        }
    }

    /** Returns whether a history has the number of an event of a change. A history that loses events has no number taken. */
    boolean hasTaken(EnrolmentChange change) {
        boolean complete = !tables.has(Flaw.MIXES_HISTORIES) && !tables.has(Flaw.WRITES_EVENTS_OF_REJECTED_CHANGES);
        return complete
                && history(change.after().serviceId(), change.after().holder()).stream()
                        .anyMatch(recorded ->
                                recorded.event().number() > change.before().eventCount());
    }

    List<RecordedEvent> read(ServiceId serviceId, Holder holder, long after, int limit) {
        synchronized (tables.lock) {
            long from = tables.has(Flaw.READS_AN_EVENT_TWICE) ? Math.max(0, after - 1) : after;
            List<RecordedEvent> events = new ArrayList<>(history(serviceId, holder).stream()
                    .filter(event -> event.event().number() > from)
                    .limit(limit)
                    .toList());
            if (tables.has(Flaw.LOSES_THE_ORDER)) {
                Collections.reverse(events);
            }
            return events;
        }
    }

    void deleteUntil(ServiceId serviceId, Holder holder, long number) {
        history(serviceId, holder).removeIf(recorded -> recorded.event().number() <= number);
    }

    private List<RecordedEvent> history(ServiceId serviceId, Holder holder) {
        String key = tables.has(Flaw.MIXES_HISTORIES) ? serviceId.value() : tables.key(serviceId, holder);
        return histories.computeIfAbsent(key, k -> new ArrayList<>());
    }
}
