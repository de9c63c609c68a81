package dev.watchword.otp.lifecycle.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.model.CanIgnoreReturnValue;
import dev.watchword.otp.lifecycle.model.ChainLink;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Origin;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.RecordedEvent;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.support.TamperableStore;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The export as JSON Lines has every value of every event, and no secret. */
@Tag("R9.7")
class HistoryExportTest extends InstitutionFixture {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String REASON = "ジムに \"忘れた\"\u2028そうです \ud83d\ude00";

    /** Events with every kind of field. */
    @CanIgnoreReturnValue
    private FakePhone live(Holder holder) {
        FakePhone phone = activate(holder);
        assertAccepted(desk.suspend(holder, SuspensionReason.LOST, REASON));
        assertAccepted(desk.resume(holder, "found again"));
        login(holder, phone.wrongCode());
        clock.advance(Duration.ofMinutes(1));
        assertAccepted(login(holder, phone.code()));
        return phone;
    }

    private List<RecordedEvent> recorded(Holder holder) {
        return store.history(TestInstitution.SERVICE_ID, holder, 0, 10_000);
    }

    private String exported(Holder holder) throws IOException {
        StringWriter out = new StringWriter();
        assertEquals(recorded(holder).size(), bank.histories().export(holder, out));
        return out.toString();
    }

    /** Reads the lines with the names of the documented schema, as a program of the institution does. */
    private static List<RecordedEvent> read(Holder holder, String lines) throws JsonProcessingException {
        List<RecordedEvent> read = new ArrayList<>();
        for (String line : lines.split("\n", -1)) {
            if (!line.isEmpty()) {
                read.add(read(holder, MAPPER.readTree(line)));
            }
        }
        return read;
    }

    private static RecordedEvent read(Holder holder, JsonNode line) {
        assertEquals(1, line.get("format").intValue());
        assertEquals(TestInstitution.SERVICE_ID.value(), line.get("serviceId").textValue());
        assertEquals(holder.value(), line.get("holder").textValue());
        String serial = textOrNull(line, "serial");
        String purpose = textOrNull(line, "purpose");
        String operator = textOrNull(line, "operator");
        String suspensionReason = textOrNull(line, "suspensionReason");
        TokenEvent event = TokenEvent.builder()
                .number(line.get("number").longValue())
                .at(Instant.parse(line.get("at").textValue()))
                .type(EventType.valueOf(line.get("type").textValue()))
                .serial(serial == null ? null : new SerialNumber(serial))
                .purpose(purpose == null ? null : new Purpose(purpose))
                .operator(operator == null ? null : new Operator(operator))
                .suspensionReason(suspensionReason == null ? null : SuspensionReason.valueOf(suspensionReason))
                .reason(textOrNull(line, "reason"))
                .origin(origin(textOrNull(line, "source"), textOrNull(line, "reference")))
                .build();
        ChainLink link = new ChainLink(
                line.get("linkKeyName").textValue(), line.get("link").textValue());
        return RecordedEvent.of(event, textOrNull(line, "reasonMac"), link);
    }

    private static Origin origin(@Nullable String source, @Nullable String reference) {
        Origin origin = source == null ? Origin.NONE : Origin.NONE.source(source);
        return reference == null ? origin : origin.reference(reference);
    }

    private static @Nullable String textOrNull(JsonNode line, String name) {
        JsonNode value = line.get(name);
        return value == null ? null : value.textValue();
    }

    @Test
    void hasEveryValueOfEveryEvent() throws IOException {
        live(TARO);
        live(HANAKO);

        assertEquals(recorded(TARO), read(TARO, exported(TARO)));
        assertEquals("", exported(new Holder("nobody")));
    }

    @Test
    void hasTheDocumentedMembersInTheirOrder() throws IOException {
        live(TARO);

        Set<String> names = new LinkedHashSet<>();
        for (String line : exported(TARO).split("\n", -1)) {
            if (line.contains("\"LOST\"")) {
                MAPPER.readTree(line).fieldNames().forEachRemaining(names::add);
            }
        }
        assertEquals(
                List.of(
                        "format",
                        "serviceId",
                        "holder",
                        "number",
                        "at",
                        "type",
                        "serial",
                        "operator",
                        "suspensionReason",
                        "reason",
                        "reasonMac",
                        "linkKeyName",
                        "link"),
                List.copyOf(names));
    }

    @Test
    void isOneLineAnEventInEveryLocale() throws IOException {
        live(TARO);
        String expected = exported(TARO);
        assertEquals(
                recorded(TARO).size(), expected.chars().filter(c -> c == '\n').count());
        assertTrue(expected.contains("\"at\":\"2026-11-23T09:00:00.123456Z\""), expected);
        Locale before = Locale.getDefault();
        try {
            for (String tag : List.of("ar-EG-u-nu-arab", "tr-TR", "fa-IR", "th-TH-u-ca-buddhist-nu-thai")) {
                Locale.setDefault(Locale.forLanguageTag(tag));
                assertEquals(expected, exported(TARO));
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    @Tag("R10.2")
    void hasNoCodeAndNoPassword() throws IOException {
        FakePhone phone = live(TARO);
        String code = phone.code();
        String lines = exported(TARO);

        for (String secret : List.of(code, FakePhone.ACTIVATION_PASSWORD, "taro@bank.example")) {
            assertFalse(lines.contains("\"" + secret + "\""), secret);
        }
    }

    @Test
    void readsAndWritesPageByPage() throws IOException {
        FakePhone phone = activate(TARO);
        clock.toNextStep(TotpProfile.BANK);
        while (recorded(TARO).size() < 1_100) {
            assertAccepted(login(TARO, phone.code()));
            clock.toNextStep(TotpProfile.BANK);
        }
        TamperableStore counted = new TamperableStore(store);
        List<Long> linesAtRead = new ArrayList<>();
        StringWriter out = new StringWriter();
        counted.events = events -> {
            linesAtRead.add(out.toString().chars().filter(c -> c == '\n').count());
            return events;
        };
        Histories histories = TestInstitution.builder(counted, clock).build().histories();

        assertEquals(1_100, histories.export(TARO, out));
        assertEquals(List.of(0L, 500L, 1_000L), linesAtRead);
        assertEquals(recorded(TARO), read(TARO, out.toString()));
    }

    @Test
    @Tag("R9.4")
    void theArchiveAndTheRestAreTheWholeHistory() throws IOException {
        live(TARO);
        List<RecordedEvent> all = recorded(TARO);
        Instant cut = all.get(all.size() - 1).event().at();
        StringWriter archived = new StringWriter();
        Histories histories = bank.histories();

        histories.archive(cut, histories.jsonLines(archived), progress -> {});

        List<RecordedEvent> found = new ArrayList<>(read(TARO, archived.toString()));
        assertEquals(all.size() - 1, found.size());
        found.addAll(read(TARO, exported(TARO)));
        assertEquals(all, found);
    }

    @Test
    @Tag("R9.4")
    void nothingIsDeletedUnlessItsLinesAreFlushed() throws IOException {
        live(TARO);
        List<RecordedEvent> all = recorded(TARO);
        Histories histories = bank.histories();
        Writer full = new FilterWriter(new StringWriter()) {
            @Override
            public void flush() throws IOException {
                throw new IOException("no space left on device");
            }
        };

        assertThrows(
                UncheckedIOException.class,
                () -> histories.archive(Instant.MAX, histories.jsonLines(full), progress -> {}));
        assertEquals(all, recorded(TARO));
    }

    @Test
    @Tag("R10.3")
    void anErasedReasonIsAbsentAndItsMacStays() throws IOException {
        live(TARO);
        assertAccepted(desk.revoke(TARO, "left the bank"));
        assertAccepted(desk.erase(TARO));
        String lines = exported(TARO);

        assertFalse(lines.contains("\"reason\""), lines);
        assertTrue(lines.contains("\"reasonMac\""), lines);
        assertEquals(recorded(TARO), read(TARO, lines));
    }
}
