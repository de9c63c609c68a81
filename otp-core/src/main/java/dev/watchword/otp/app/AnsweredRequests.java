package dev.watchword.otp.app;

import dev.watchword.otp.internal.ByteReader;
import dev.watchword.otp.signing.SigningRequest;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The requests that the holder of a token approved or refused. A request stays recorded until it expires. The encoding
 * begins with two bytes for the number of requests. The requests follow in the order of their IDs. Each has its ID, its
 * expiry, one byte (1 for approved, 0 for refused), and its digest. Immutable.
 */
final class AnsweredRequests {
    /** The maximum number of requests. It bounds the length of an entry of a vault. */
    static final int MAX = 256;

    static final AnsweredRequests NONE = new AnsweredRequests(new TreeMap<>());

    private static final HexFormat HEX = HexFormat.of();
    private static final int ID_LENGTH = 16;
    private static final int DIGEST_LENGTH = 32;
    private static final int LENGTH = ID_LENGTH + Long.BYTES + Integer.BYTES + 1 + DIGEST_LENGTH;

    /** One answer. The digest is hexadecimal. */
    private record Answer(Instant expiresAt, boolean approved, String digest) {}

    private final SortedMap<String, Answer> byId;

    private AnsweredRequests(SortedMap<String, Answer> byId) {
        this.byId = byId;
    }

    /** Returns whether the holder answered a request with the same ID. */
    boolean contains(SigningRequest request) {
        return byId.containsKey(request.id());
    }

    /** Returns whether the holder approved exactly this request. */
    boolean approved(SigningRequest request) {
        @Nullable Answer answer = byId.get(request.id());
        return answer != null && answer.approved && answer.digest.equals(HEX.formatHex(request.digest()));
    }

    /** Returns whether another answer can be recorded at an instant. */
    boolean hasRoom(Instant now) {
        return live(now).size() < MAX;
    }

    /** Returns these answers and another one, without the answers to requests that have expired at an instant. */
    AnsweredRequests with(SigningRequest request, boolean approved, Instant now) {
        SortedMap<String, Answer> answers = live(now);
        answers.put(request.id(), new Answer(request.expiresAt(), approved, HEX.formatHex(request.digest())));
        return new AnsweredRequests(answers);
    }

    private SortedMap<String, Answer> live(Instant now) {
        SortedMap<String, Answer> live = new TreeMap<>(byId);
        live.values().removeIf(answer -> !now.isBefore(answer.expiresAt));
        return live;
    }

    /** Returns the number of bytes that {@link #write} writes. */
    int length() {
        return Short.BYTES + LENGTH * byId.size();
    }

    void write(ByteBuffer out) {
        out.putShort((short) byId.size());
        for (Map.Entry<String, Answer> entry : byId.entrySet()) {
            Answer answer = entry.getValue();
            out.put(HEX.parseHex(entry.getKey()));
            ContentsFormat.putInstant(out, answer.expiresAt);
            out.put((byte) (answer.approved ? 1 : 0)).put(HEX.parseHex(answer.digest));
        }
    }

    /** Reads bytes that {@link #write} wrote. Throws an {@link IllegalArgumentException} for any other bytes. */
    static AnsweredRequests read(ByteReader in) {
        SortedMap<String, Answer> answers = new TreeMap<>();
        int count = in.unsignedShort();
        if (count > MAX) {
            throw in.malformed("must have at most " + MAX + " answered requests");
        }
        for (int i = 0; i < count; i++) {
            String id = HEX.formatHex(in.bytes(ID_LENGTH));
            Instant expiresAt = ContentsFormat.instant(in);
            int approved = in.octet();
            if (approved > 1 || (!answers.isEmpty() && answers.lastKey().compareTo(id) >= 0)) {
                throw in.malformed("must have answers of 0 or 1, ordered by the ID of the request, each ID once");
            }
            answers.put(id, new Answer(expiresAt, approved == 1, HEX.formatHex(in.bytes(DIGEST_LENGTH))));
        }
        return new AnsweredRequests(answers);
    }
}
