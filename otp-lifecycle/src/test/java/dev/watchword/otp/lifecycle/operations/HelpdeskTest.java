package dev.watchword.otp.lifecycle.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.RequestedSignature;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.RecordProblem;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.TokenEvent;
import dev.watchword.otp.lifecycle.policy.ProvisioningWait;
import dev.watchword.otp.lifecycle.seeds.FileProblem;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.signing.TransactionDetails;
import dev.watchword.otp.testing.FakeAuthenticator;
import java.io.IOException;
import java.io.StringReader;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The sentences of the helpdesk, in both languages. */
@Tag("R12.1")
class HelpdeskTest extends InstitutionFixture {
    private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

    private final Helpdesk english = Helpdesk.in(Locale.ENGLISH, TOKYO);
    private final Helpdesk japanese = Helpdesk.in(Locale.JAPAN, TOKYO);

    private List<String> situation(Helpdesk helpdesk) {
        return helpdesk.situation(tokens.registration(TARO), clock.instant());
    }

    @Test
    void tellsTheHistoryOfAHardwareToken() {
        FakeAuthenticator token = activateHardware(TARO, SERIAL);
        login(TARO, token.wrongCode());
        login(TARO, token.code());
        assertAccepted(desk.suspend(TARO, SuspensionReason.LOST, "It's {serial} $1 in the 'taxi'"));
        assertAccepted(tokens.orderHardware(HANAKO, Confirmation.NONE));
        assertAccepted(desk.cancel(HANAKO, "by mistake"));

        List<TokenEvent> events = bank.histories().read(TARO, 0, 100);
        assertEquals(
                List.of(
                        "2026-11-23 18:00:00 +09:00: A hardware token was ordered.",
                        "2026-11-23 18:00:00 +09:00: The hardware token 101199980021 was assigned to the order. By "
                                + OPERATOR + ".",
                        "2026-11-23 18:00:00 +09:00: The hardware token 101199980021 was sent. By " + OPERATOR + ".",
                        "2026-11-23 18:00:00 +09:00: The token 101199980021 was activated.",
                        "2026-11-23 18:01:00 +09:00: A wrong code was entered for the token 101199980021, for logging"
                                + " in.",
                        "2026-11-23 18:01:00 +09:00: A code of the token 101199980021 was accepted, for logging in.",
                        "2026-11-23 18:01:00 +09:00: The token 101199980021 was suspended: it was lost. By " + OPERATOR
                                + ". In the words of the operator: “It's {serial} $1 in the 'taxi'”"),
                english.history(events));
        assertEquals(
                "2026-11-23 18:01:00 +09:00 ワンタイムパスワードの誤りがありました（シリアル番号 101199980021、用途：ログイン）。",
                japanese.history(events).get(4));
        assertEquals(
                "2026-11-23 18:01:00 +09:00 トークン（シリアル番号 101199980021）の認証が停止されました。停止の理由：紛失。（係員：" + OPERATOR
                        + "）理由：「It's {serial} $1 in the 'taxi'」",
                japanese.history(events).get(6));
        assertTrue(english.history(bank.histories().read(HANAKO, 1, 1))
                .get(0)
                .contains("The order of a hardware token was cancelled."));
        TokenEvent own = TokenEvent.builder()
                .number(1)
                .at(clock.instant())
                .type(EventType.CODE_ACCEPTED)
                .serial(SERIAL)
                .purpose(new Purpose("loan"))
                .build();
        assertTrue(english.history(List.of(own)).get(0).endsWith("for loan."));
    }

    @Test
    void tellsTheStateOfASoftwareTokenAndTheNextStep() {
        follow(TestInstitution.POLICY.withSoftware(TestInstitution.POLICY.software().toBuilder()
                .provisioningWait(ProvisioningWait.NONE)
                .build()));
        assertEquals(
                List.of("There is no token. A software token can be issued, or a hardware token ordered."),
                situation(english));
        assertAccepted(tokens.issueSoftware(TARO, REQUEST, Confirmation.NONE));
        assertTrue(situation(english).get(0).contains("waits for its app. From 2026-11-23 18:00:00 +09:00 on"));
        assertTrue(situation(japanese).get(0).contains("アプリの初期設定を待っています"));
        assertAccepted(desk.cancel(TARO, "again"));
        assertEquals(
                List.of("There is no token any more. A software token can be issued, or a hardware token ordered."),
                situation(english));
        issue(TARO);
        assertTrue(situation(english).get(0).startsWith("The app has its secret. The holder activates the token "));
        assertAccepted(desk.revoke(TARO, "again"));
        FakePhone phone = activate(TARO);
        String serial = inUse(TARO).serial().value();
        assertEquals(
                List.of("The token " + serial
                        + " is in use, until 2031-11-22 18:00:00 +09:00. A code was last accepted"
                        + " within 24 hours from 2026-11-23 09:00:00 +09:00."),
                situation(english));
        assertTrue(
                situation(japanese).get(0).endsWith("最後にワンタイムパスワードが認証されたのは、2026-11-23 09:00:00 +09:00 からの24時間以内です。"));
        for (int i = 0; i < 5; i++) {
            login(TARO, phone.wrongCode());
        }
        assertEquals(
                List.of("The token " + serial + " accepts no code since 2026-11-23 18:01:00 +09:00: too many wrong"
                        + " codes in a row. If it is safe, make sure who asks, and resume it. Otherwise, or if it cannot be"
                        + " resumed, replace it."),
                situation(english));
        assertTrue(situation(japanese).get(0).contains("「認証停止」です。停止の理由：ワンタイムパスワードの連続誤り。ご本人"));
    }

    @Test
    void showsTimesInTheFormOfTheApplication() {
        activate(TARO);
        Helpdesk own = japanese.withTimes(at -> "<" + at + ">");
        assertTrue(own.history(bank.histories().read(TARO, 0, 1)).get(0).startsWith("<2026-11-23T09:00:00."));
        assertTrue(situation(own).get(0).endsWith("<2026-11-23T00:00:00Z> からの24時間以内です。"));
    }

    @Test
    @Tag("R2.4")
    void tellsThatTheHolderIsSuspended() {
        assertAccepted(desk.suspendHolder(TARO, SuspensionReason.FRAUD_SUSPECTED, "asked by the branch"));

        assertEquals(
                List.of(
                        "The holder has been suspended since 2026-11-23 18:00:00 +09:00: fraud is suspected."
                                + " By helpdesk-7. Nothing that the holder does is accepted. If it is safe, make sure who"
                                + " asks, and resume the holder.",
                        "There is no token. A software token can be issued, or a hardware token ordered."),
                situation(english));
        assertTrue(situation(japanese).get(0).startsWith("お客様は "));
    }

    @Test
    void tellsTheStateOfAHardwareTokenAndTheNextStep() {
        FakeAuthenticator token = stock(SERIAL);
        assertAccepted(tokens.orderHardware(TARO, Confirmation.NONE));
        assertTrue(
                situation(english).get(0).contains("Assign one of the stock. The order lapses on 2027-01-22 18:00:00"));
        assertAccepted(desk.assign(TARO, SERIAL.value()));
        assertTrue(situation(english).get(0).contains("is assigned, and not sent yet"));
        assertAccepted(desk.send(TARO));
        assertTrue(situation(english).get(0).contains("was sent on 2026-11-23 18:00:00 +09:00. The holder activates"));
        assertAccepted(desk.suspend(TARO, SuspensionReason.STOLEN, "from the letter box"));
        assertTrue(situation(english).get(0).contains("it was stolen. By " + OPERATOR + ". If"));
        assertAccepted(desk.resume(TARO, "found"));
        assertAccepted(tokens.activateHardware(TARO, SERIAL.value(), code(token.code())));
        clock.advance(Duration.ofDays(300));
        assertAccepted(tokens.renewHardware(TARO, code(token.code())));
        assertEquals(3, situation(english).size());
        assertEquals("Besides, a successor waits.", situation(english).get(1));
        clock.advance(Duration.ofDays(65));
        assertTrue(situation(english).get(0).contains("expired on 2027-11-23 18:00:00 +09:00"));
    }

    @Test
    @Tag("R14.1")
    @Tag("R14.2")
    void tellsOfEmergencyAndRecoveryCodes() {
        FakePhone phone = activate(TARO);
        clock.advance(Duration.ofMinutes(1));
        assertAccepted(tokens.createRecoveryCodes(TARO, code(phone.code())));
        assertAccepted(desk.issueEmergencyCodes(TARO, "lost on a journey"));
        assertEquals(
                List.of(
                        "Emergency codes are accepted for logins, until 2026-11-24 18:02:00 +09:00.",
                        "The holder has unused recovery codes: 10."),
                situation(english).subList(1, 3));
        assertEquals(
                List.of("緊急コードでのログインが 2026-11-24 18:02:00 +09:00 まで可能です。", "未使用のリカバリーコードが 10 個あります。"),
                situation(japanese).subList(1, 3));
        assertEquals(
                "The emergency code or the recovery code is wrong. Let the holder enter it again, exactly as it was given"
                        + " out. Tries left: 4.",
                english.refusal(refused(tokens.useEmergencyCode(TARO, "00000-00000-00001"))));
        List<TokenEvent> events = bank.histories().read(TARO, 0, 100);
        assertEquals(
                List.of(
                        "2026-11-23 18:02:00 +09:00: The holder created recovery codes, with a code of the token "
                                + inUse(TARO).serial() + ".",
                        "2026-11-23 18:02:00 +09:00: Emergency codes were issued to the holder, for logins without the"
                                + " token. By " + OPERATOR + ". In the words of the operator: “lost on a journey”",
                        "2026-11-23 18:02:00 +09:00: A wrong emergency code was entered, for logging in."),
                english.history(events.subList(events.size() - 3, events.size())));
    }

    @Test
    @Tag("R13.2")
    void tellsThatTheInstitutionWithdrewATransaction() {
        activate(TARO);
        RequestedSignature request = tokens.requestSignature(
                        TARO, Purpose.FUNDS_TRANSFER, TransactionDetails.of("payee", "0123456"))
                .orElseThrow();
        assertAccepted(desk.withdrawRequest(TARO, request.id(), "other details"));

        List<TokenEvent> events = bank.histories().read(TARO, 4, 1);
        String serial = inUse(TARO).serial().value();
        assertEquals(
                List.of("2026-11-23 18:01:00 +09:00: The institution withdrew a transaction that the token " + serial
                        + " was to confirm, for a transfer of money. By " + OPERATOR
                        + ". In the words of the operator: “other details”"),
                english.history(events));
        assertEquals(
                List.of("2026-11-23 18:01:00 +09:00 トークン（シリアル番号 " + serial + "）による取引の確認が、金融機関により取り消されました（用途：資金移動）。（係員："
                        + OPERATOR + "）理由：「other details」"),
                japanese.history(events));
    }

    @Test
    void explainsRefusals() {
        FakePhone phone = activate(TARO);
        assertEquals(
                "The code is wrong. Let the holder enter the code that is shown now; if it is wrong again, let the"
                        + " holder enter two codes in a row, to resynchronise the token or to activate a hardware token."
                        + " Tries left: 4.",
                english.refusal(refused(login(TARO, phone.wrongCode()))));
        assertEquals(
                "ワンタイムパスワードが違います。現在表示されているものを入力してください。再度誤りとなる場合は、"
                        + "連続する2つのワンタイムパスワードで、時刻補正またはハードウェアトークンの利用開始登録を行ってください。残り 3 回です。",
                japanese.refusal(refused(login(TARO, phone.wrongCode()))));
        FakeAuthenticator token = activateHardware(HANAKO, SERIAL);
        assertEquals(
                "It is too early for that. Not before 2027-08-25 18:01:00 +09:00.",
                english.refusal(refused(tokens.renewHardware(HANAKO, code(token.code())))));
    }

    /** Both languages have a text for every value of the library, and no further text. */
    @Test
    void bothLanguagesSayAll() throws IOException {
        Properties root = read("helpdesk.properties");
        Properties japaneseWords = read("helpdesk_ja.properties");
        assertEquals(root.keySet(), japaneseWords.keySet());
        Stream<String> keys = Stream.of(
                        names("event.", EventType.values()),
                        names("why.", SuspensionReason.values()),
                        names("refusal.", Refusal.values()),
                        names("record.", RecordProblem.values()),
                        names("file.", FileProblem.values()),
                        purposes())
                .flatMap(stream -> stream);
        keys.forEach(key -> assertTrue(root.containsKey(key), key));
        Pattern word = Pattern.compile("\\{\\w+}");
        for (String key : root.stringPropertyNames()) {
            assertEquals(
                    word.matcher(root.getProperty(key))
                            .results()
                            .map(r -> r.group())
                            .sorted()
                            .toList(),
                    word.matcher(japaneseWords.getProperty(key))
                            .results()
                            .map(r -> r.group())
                            .sorted()
                            .toList(),
                    key);
        }
    }

    @Test
    void describesEachProblemOfAFileInItsOwnSentence() {
        Set<String> said = new HashSet<>();
        for (Helpdesk helpdesk : List.of(english, japanese)) {
            Stream.concat(
                            Arrays.stream(RecordProblem.values()).map(helpdesk::problem),
                            Arrays.stream(FileProblem.values()).map(helpdesk::problem))
                    .forEach(sentence -> assertTrue(said.add(sentence), sentence));
        }
        assertEquals(2 * (RecordProblem.values().length + FileProblem.values().length), said.size());
        assertEquals(
                "The token is past its expiry. Ask the maker for a replacement.",
                english.problem(RecordProblem.EXPIRED));
        assertEquals("ファイルにレコードがありません。ファイルが完全であることを確認してください。", japanese.problem(FileProblem.EMPTY));
    }

    private static Stream<String> names(String prefix, Enum<?>[] values) {
        return Arrays.stream(values).map(value -> prefix + value.name());
    }

    private static Stream<String> purposes() {
        return Arrays.stream(Purpose.class.getDeclaredFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == Purpose.class)
                .map(field -> {
                    try {
                        return "purpose." + field.get(null);
                    } catch (IllegalAccessException e) {
                        throw new AssertionError(e);
                    }
                });
    }

    private static Properties read(String name) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(
                Files.readString(Path.of("src/main/resources/dev/watchword/otp/lifecycle/operations", name))));
        return properties;
    }

    @Test
    void theDefaultLocaleDoesNotMatter() {
        assertAccepted(tokens.issueSoftware(TARO, REQUEST, Confirmation.NONE));
        String said = situation(english).get(0);
        Locale before = Locale.getDefault();
        try {
            for (String tag : List.of("ja-JP", "ar-EG", "fa-IR", "tr-TR")) {
                Locale.setDefault(Locale.forLanguageTag(tag));
                for (Locale other : List.of(Locale.ENGLISH, Locale.FRENCH, Locale.ROOT, Locale.US)) {
                    assertEquals(
                            List.of(said),
                            Helpdesk.in(other, TOKYO).situation(tokens.registration(TARO), clock.instant()));
                }
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    @Tag("R10.2")
    void tellsNoSecret() {
        FakePhone phone = activate(TARO);
        String code = phone.code();
        login(TARO, code);
        String all = String.join("\n", english.history(bank.histories().read(TARO, 0, 100))) + situation(english);
        for (String secret : List.of(code, FakePhone.ACTIVATION_PASSWORD + " ", "taro@")) {
            assertFalse(all.contains(secret));
        }
    }
}
