package dev.watchword.otp.jdbc.faults;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The content of a diary. */
final class Account {
    /** An event that the consumer of the feed received. */
    record Fed(long number, EventType type) {}

    private static final Set<String> OF_REQUESTS = Set.of(Diary.ASKED, Diary.PHONE, Diary.CODE);

    final Map<Long, Request> requests = new LinkedHashMap<>();
    final Map<SerialNumber, OtpSecret> phones = new HashMap<>();
    /** The texts of the emergency codes by their numbers. */
    final Map<Long, String> emergencyCodes = new HashMap<>();

    final Map<Holder, List<Fed>> fed = new HashMap<>();
    final List<String> broken = new ArrayList<>();

    private final Map<Long, Answer> answers = new HashMap<>();

    /** Reads a diary. An incomplete last line was never handed over, because its writer died. */
    static Account read(Path path) throws IOException {
        return read(path, Long.MAX_VALUE);
    }

    /**
     * Reads a diary as it stood at a number of bytes. Of the later lines it reads only the requests with their phones and emergency
     * codes, as requests without an answer.
     */
    static Account read(Path path, long size) throws IOException {
        Account account = new Account();
        String text = Files.readString(path, StandardCharsets.UTF_8);
        String complete = text.substring(0, text.lastIndexOf('\n') + 1);
        long read = 0;
        for (String line : complete.lines().toList()) {
            read += line.getBytes(StandardCharsets.UTF_8).length + 1;
            String[] words = line.split(" ", 0);
            if (read <= size || OF_REQUESTS.contains(words[0])) {
                account.note(words);
            }
        }
        return account;
    }

    private void note(String[] words) {
        switch (words[0]) {
            case Diary.ASKED -> {
                long id = Long.parseLong(words[1]);
                requests.put(
                        id,
                        new Request(
                                id,
                                Request.Kind.valueOf(words[2]),
                                new Holder(words[3]),
                                serial(words[4]),
                                Long.parseLong(words[5])));
            }
            case Diary.TOLD -> answers.put(Long.parseLong(words[1]), new Answer(words[2], serial(words[3])));
            case Diary.PHONE -> phones.put(new SerialNumber(words[1]), OtpSecret.fromHex(words[2]));
            case Diary.CODE -> emergencyCodes.put(Long.parseLong(words[1]), words[2]);
            case Diary.FED ->
                fed.computeIfAbsent(new Holder(words[1]), holder -> new ArrayList<>())
                        .add(new Fed(Long.parseLong(words[2]), EventType.valueOf(words[3])));
            case Diary.BROKEN -> broken.add(String.join(" ", words));
            default -> throw new IllegalStateException("No diary has a line of " + words[0]);
        }
    }

    private static @Nullable SerialNumber serial(String word) {
        return word.equals(Diary.NOTHING) ? null : new SerialNumber(word);
    }

    /** The answers by request. A request without an answer has an unknown outcome. */
    Answer answer(Request request) {
        return answers.getOrDefault(request.id(), Answer.UNKNOWN);
    }

    boolean isUnsettled(Request request) {
        return answer(request).word().equals(Answer.UNKNOWN.word());
    }

    /** The requests whose code of a token was acknowledged as accepted, and therefore as spent. */
    List<Request> spent() {
        return withCode(false);
    }

    /** The requests whose emergency code was acknowledged as accepted, and therefore as used. */
    List<Request> usedCodes() {
        return withCode(true);
    }

    private List<Request> withCode(boolean isEmergency) {
        return requests.values().stream()
                .filter(request -> isEmergency == (request.kind() == Request.Kind.USE_EMERGENCY_CODE))
                .filter(request ->
                        request.step() != Request.NO_STEP && answer(request).isDone())
                .toList();
    }

    long unsettled() {
        return requests.values().stream().filter(this::isUnsettled).count();
    }
}
