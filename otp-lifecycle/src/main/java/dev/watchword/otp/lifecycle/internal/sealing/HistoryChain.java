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
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The chain of HMACs through a holder's history. The MAC covers a compact encoding in which no two events have the same
 * bytes. It covers the institution and the holder, so no event fits into another history.
 */
public final class HistoryChain {
    private static final int CHECK_DIGITS = 32;

    private final KeySource keys;
    private final HistoryMac macs;
    private final ServiceId serviceId;

    public HistoryChain(KeySource keys, ServiceId serviceId) {
        this.keys = keys;
        macs = new HistoryMac(keys);
        this.serviceId = serviceId;
    }

    /** Links new events to the history of an enrolment. The link of the last one is the new head. */
    public List<RecordedEvent> link(Enrolment before, List<TokenEvent> events) {
        String keyName = keys.historyKeyName();
        RecordedEvent[] recorded = new RecordedEvent[events.size()];
        ChainLink link = before.head();
        for (int i = 0; i < recorded.length; i++) {
            TokenEvent event = events.get(i);
            String reasonMac = event.hasWords() ? reasonMac(keyName, before.holder(), event) : null;
            link = new ChainLink(keyName, mac(keyName, before.holder(), event, reasonMac, link));
            recorded[i] = RecordedEvent.of(event, reasonMac, link);
        }
        return List.of(recorded);
    }

    /** Returns whether an event follows a link. Erased words are replaced by their MAC. */
    public boolean fits(Holder holder, RecordedEvent recorded, @Nullable ChainLink before) {
        TokenEvent event = recorded.event();
        String keyName = recorded.link().keyName();
        String reasonMac = recorded.reasonMac();
        boolean reasonFits =
                reasonMac == null || !event.hasWords() || same(reasonMac, reasonMac(keyName, holder, event));
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
        return mac(keyName, "key check", text -> text.text(keyName)).substring(0, CHECK_DIGITS);
    }

    private String reasonMac(String keyName, Holder holder, TokenEvent event) {
        return mac(
                keyName,
                "reason",
                text -> text.text(holder.value())
                        .number(event.number())
                        .textOrNull(event.reason())
                        .textOrNull(event.origin().source())
                        .textOrNull(event.origin().reference()));
    }

    private String proof(String keyName, Holder holder, long number, ChainLink last) {
        return mac(
                keyName,
                "anchor",
                text -> text.text(holder.value())
                        .number(number)
                        .text(last.keyName())
                        .text(last.mac()));
    }

    private String mac(
            String keyName, Holder holder, TokenEvent event, @Nullable String reasonMac, @Nullable ChainLink before) {
        return mac(
                keyName,
                "event",
                text -> text.text(holder.value())
                        .textOrNull(before == null ? null : before.mac())
                        .number(event.number())
                        .instant(event.at())
                        .constant(event.type())
                        .textOrNull(
                                event.serial() == null ? null : event.serial().value())
                        .textOrNull(
                                event.purpose() == null ? null : event.purpose().value())
                        .textOrNull(
                                event.operator() == null
                                        ? null
                                        : event.operator().value())
                        .textOrNull(
                                event.suspensionReason() == null
                                        ? null
                                        : event.suspensionReason().name())
                        .textOrNull(
                                event.request() == null ? null : event.request().toString())
                        .textOrNull(reasonMac));
    }

    /** Computes the MAC of a text. Its label distinguishes it from the texts of other kinds, and from that of a row. */
    private String mac(String keyName, String label, Consumer<FieldEncoder> fields) {
        byte[] mac = macs.compute(
                keyName, text -> fields.accept(text.octet(0).text(label).text(serviceId.value())));
        return HexFormat.of().formatHex(mac);
    }

    static boolean same(String mac, String other) {
        return MessageDigest.isEqual(
                mac.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }
}
