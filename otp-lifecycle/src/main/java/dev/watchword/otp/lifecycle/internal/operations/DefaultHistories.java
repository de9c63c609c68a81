package dev.watchword.otp.lifecycle.internal.operations;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.internal.engine.Context;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.RecordedEvent;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.operations.Archived;
import dev.watchword.otp.lifecycle.operations.Histories;
import dev.watchword.otp.lifecycle.operations.HistoryVerdict;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** The histories of an institution, read from its store. */
public final class DefaultHistories implements Histories {
    private static final int PAGE = 500;

    private final Context context;

    public DefaultHistories(Context context) {
        this.context = context;
    }

    @Override
    public List<TokenEvent> read(Holder holder, long after, int limit) {
        if (after < 0 || limit < 1) {
            throw new IllegalArgumentException(
                    "after must be 0 or more and limit 1 or more, not " + after + " and " + limit);
        }
        return context.store().history(context.serviceId(), holder, after, limit).stream()
                .map(RecordedEvent::event)
                .toList();
    }

    @Override
    public HistoryVerdict verify(Holder holder) {
        return new HistoryVerifier(context).verify(holder);
    }

    @Override
    public Archived archive(Instant before, Archive archive, Consumer<Archived> progress) {
        return new HistoryArchiver(context).archive(before, archive, progress);
    }

    @Override
    public long export(Holder holder, Writer out) throws IOException {
        HistoryLines lines = new HistoryLines(context.serviceId(), out);
        long number = 0;
        long written = 0;
        List<RecordedEvent> page;
        do {
            page = context.store().history(context.serviceId(), holder, number, PAGE);
            lines.write(holder, page);
            written += page.size();
            number = page.isEmpty() ? number : page.get(page.size() - 1).event().number();
        } while (page.size() == PAGE);
        return written;
    }

    @Override
    public Archive jsonLines(Writer out) {
        return new HistoryLines(context.serviceId(), requireNonNull(out, "out"));
    }
}
