package dev.watchword.otp.lifecycle.internal.sealing;

import dev.watchword.otp.lifecycle.model.ChainLink;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.HistoryAnchor;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.RecordedEvent;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.spi.KeySource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The chain of HMACs through a holder's history. The MAC covers each field with its length, so no two events have the same
 * bytes. It covers the institution and the holder, so no event fits into another history.
 */
public final class HistoryChain {
    private static final int CHECK_DIGITS = 32;

    private final KeySource keys;
    private final ServiceId serviceId;

    public HistoryChain(KeySource keys, ServiceId serviceId) {
        this.keys = keys;
        this.serviceId = serviceId;
    }

    /** Links new events to the history of an enrolment. The link of the last one is the new head. */
    public List<RecordedEvent> link(Enrolment before, List<TokenEvent> events) {
        String keyName = keys.historyKeyName();
        List<RecordedEvent> recorded = new ArrayList<>(events.size());
        ChainLink link = before.head();
        for (TokenEvent event : events) {
            String reasonMac = event.reason() == null ? null : reasonMac(keyName, before.holder(), event);
            link = new ChainLink(keyName, mac(keyName, before.holder(), event, reasonMac, link));
            recorded.add(RecordedEvent.of(event, reasonMac, link));
        }
        return recorded;
    }

    /** Returns whether an event follows a link. The MAC of an erased reason stands for the reason. */
    public boolean fits(Holder holder, RecordedEvent recorded, @Nullable ChainLink before) {
        TokenEvent event = recorded.event();
        String keyName = recorded.link().keyName();
        String reasonMac = recorded.reasonMac();
        boolean reasonFits =
                reasonMac == null || event.reason() == null || same(reasonMac, reasonMac(keyName, holder, event));
        return reasonFits && same(recorded.link().mac(), mac(keyName, holder, event, reasonMac, before));
    }

    /** Returns an anchor after an event. */
    public HistoryAnchor anchor(Holder holder, RecordedEvent last) {
        long number = last.event().number();
        String keyName = keys.historyKeyName();
        return new HistoryAnchor(
                number, last.link(), new ChainLink(keyName, proof(keyName, holder, number, last.link())));
    }

    /** Returns whether the institution made an anchor. */
    public boolean isGenuine(Holder holder, HistoryAnchor anchor) {
        ChainLink proof = anchor.proof();
        return same(proof.mac(), proof(proof.keyName(), holder, anchor.number(), anchor.last()));
    }

    /** Returns the check value of a history key: the first 128 bits of an HMAC over the institution and the key's name. */
    String check(String keyName) {
        StringBuilder text = new StringBuilder();
        append(text, "key check");
        append(text, serviceId);
        append(text, keyName);
        return mac(keyName, text.toString().getBytes(StandardCharsets.UTF_8)).substring(0, CHECK_DIGITS);
    }

    private String reasonMac(String keyName, Holder holder, TokenEvent event) {
        return mac(keyName, "reason", holder, event.number(), event.reason());
    }

    private String proof(String keyName, Holder holder, long number, ChainLink last) {
        return mac(keyName, "anchor", holder, number, last.keyName(), last.mac());
    }

    private String mac(
            String keyName, Holder holder, TokenEvent event, @Nullable String reasonMac, @Nullable ChainLink before) {
        return mac(
                keyName,
                "event",
                holder,
                before == null ? null : before.mac(),
                event.number(),
                event.at(),
                event.type().name(),
                event.serial(),
                event.purpose(),
                event.operator(),
                event.suspensionReason(),
                reasonMac);
    }

    private String mac(String keyName, String label, Holder holder, @Nullable Object... fields) {
        StringBuilder text = new StringBuilder(256);
        append(text, label);
        append(text, serviceId);
        append(text, holder.value());
        for (Object field : fields) {
            append(text, field);
        }
        return mac(keyName, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void append(StringBuilder text, @Nullable Object field) {
        if (field == null) {
            text.append('-');
        } else {
            String value = field.toString();
            text.append(value.length()).append(':').append(value);
        }
    }

    private String mac(String keyName, byte[] bytes) {
        return HexFormat.of().formatHex(HistoryMac.compute(keys, keyName, bytes));
    }

    static boolean same(String mac, String other) {
        return MessageDigest.isEqual(
                mac.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }
}
