package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import dev.watchword.otp.lifecycle.spi.KeySource;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.ProviderException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * The chain of HMACs through a holder's history. Each field goes in with its length before it, so that no two events are
 * the same bytes; the holder goes in too, so that no event fits another's history.
 */
final class HistoryChain {
    private static final String ALGORITHM = "HmacSHA256";

    private final KeySource keys;
    private final ServiceId serviceId;

    HistoryChain(KeySource keys, ServiceId serviceId) {
        this.keys = keys;
        this.serviceId = serviceId;
    }

    /** The change that a decision asks for, with its events tied to those before. */
    EnrolmentChange change(UUID id, Enrolment before, Decision decision) {
        String keyName = keys.historyKeyName();
        List<RecordedEvent> events = new ArrayList<>();
        ChainLink link = before.head();
        for (TokenEvent event : decision.events()) {
            String reasonMac = event.reason() == null ? null : reasonMac(keyName, before.holder(), event);
            link = new ChainLink(keyName, mac(keyName, before.holder(), event, reasonMac, link));
            events.add(new RecordedEvent(event, reasonMac, link));
        }
        Enrolment after = decision.enrolment().withHead(requireNonNull(link));
        return new EnrolmentChange(id, before, after, decision.ended(), events);
    }

    /** Whether an event follows on a link. What was erased is believed by the MAC that stands for it. */
    boolean fits(Holder holder, RecordedEvent recorded, @Nullable ChainLink before) {
        TokenEvent event = recorded.event();
        String keyName = recorded.link().keyName();
        String reasonMac = recorded.reasonMac();
        boolean words =
                reasonMac == null || event.reason() == null || same(reasonMac, reasonMac(keyName, holder, event));
        return words && same(recorded.link().mac(), mac(keyName, holder, event, reasonMac, before));
    }

    /** An anchor behind an event. */
    HistoryAnchor anchor(Holder holder, RecordedEvent last) {
        long number = last.event().number();
        String keyName = keys.historyKeyName();
        return new HistoryAnchor(
                number, last.link(), new ChainLink(keyName, proof(keyName, holder, number, last.link())));
    }

    boolean isGenuine(Holder holder, HistoryAnchor anchor) {
        ChainLink proof = anchor.proof();
        return same(proof.mac(), proof(proof.keyName(), holder, anchor.number(), anchor.last()));
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

    private String mac(String keyName, String what, Holder holder, @Nullable Object... fields) {
        StringBuilder text = new StringBuilder(256);
        append(text, what);
        append(text, serviceId);
        append(text, holder.reference());
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
        SecretKey key = keys.historyKey(keyName)
                .orElseThrow(() -> new SealingException(
                        "Key " + keyName + " of the history is not in the key source; bring it back", null));
        if (!KeySource.isHistoryKey(key)) {
            throw new SealingException(
                    "Key " + keyName + " of the history must be an HmacSHA256 key of 256 bits or more", null);
        }
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(bytes));
        } catch (GeneralSecurityException | ProviderException e) {
            throw new SealingException("Key " + keyName + " cannot make the chain of the history", e);
        }
    }

    private static boolean same(String mac, String other) {
        return MessageDigest.isEqual(
                mac.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }
}
