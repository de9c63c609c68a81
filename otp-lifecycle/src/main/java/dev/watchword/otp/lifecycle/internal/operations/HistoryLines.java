package dev.watchword.otp.lifecycle.internal.operations;

import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.RecordedEvent;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.operations.Histories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;

/**
 * Recorded events as JSON Lines (R9.7). {@link Histories#export} documents the schema. Each call writes its events and flushes.
 * As thread-safe as its writer.
 */
final class HistoryLines implements Histories.Archive {
    private static final int FORMAT = 1;
    private static final int LINE = 512;
    private static final DateTimeFormatter MICROS =
            new DateTimeFormatterBuilder().appendInstant(6).toFormatter(Locale.ROOT);

    private final ServiceId serviceId;
    private final Writer out;

    HistoryLines(ServiceId serviceId, Writer out) {
        this.serviceId = serviceId;
        this.out = out;
    }

    @Override
    public void keep(Holder holder, List<RecordedEvent> events) {
        try {
            write(holder, events);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(Holder holder, List<RecordedEvent> events) throws IOException {
        StringBuilder lines = new StringBuilder(LINE * events.size());
        for (RecordedEvent recorded : events) {
            append(lines, holder, recorded);
        }
        out.append(lines);
        out.flush();
    }

    private void append(StringBuilder lines, Holder holder, RecordedEvent recorded) {
        TokenEvent event = recorded.event();
        new JsonLine(lines)
                .number("format", FORMAT)
                .text("serviceId", serviceId.value())
                .text("holder", holder.value())
                .number("number", event.number())
                .text("at", MICROS.format(event.at()))
                .text("type", event.type().name())
                .text("serial", event.serial() == null ? null : event.serial().value())
                .text(
                        "purpose",
                        event.purpose() == null ? null : event.purpose().value())
                .text(
                        "operator",
                        event.operator() == null ? null : event.operator().value())
                .text(
                        "suspensionReason",
                        event.suspensionReason() == null
                                ? null
                                : event.suspensionReason().name())
                .text(
                        "request",
                        event.request() == null ? null : event.request().toString())
                .text("reason", event.reason())
                .text("source", event.origin().source())
                .text("reference", event.origin().reference())
                .text("reasonMac", recorded.reasonMac())
                .text("linkKeyName", recorded.link().keyName())
                .text("link", recorded.link().mac())
                .end();
    }
}
