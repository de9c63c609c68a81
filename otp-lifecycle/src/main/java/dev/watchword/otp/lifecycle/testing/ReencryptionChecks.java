package dev.watchword.otp.lifecycle.testing;

import static dev.watchword.otp.lifecycle.testing.Scene.HANAKO;
import static dev.watchword.otp.lifecycle.testing.Scene.SERIAL_1;
import static dev.watchword.otp.lifecycle.testing.Scene.SERIAL_2;
import static dev.watchword.otp.lifecycle.testing.Scene.TARO;
import static dev.watchword.otp.lifecycle.testing.Scene.USER_1;
import static dev.watchword.otp.lifecycle.testing.Scene.USER_2;
import static dev.watchword.otp.lifecycle.testing.Scene.expect;
import static dev.watchword.otp.lifecycle.testing.Scene.token;

import dev.watchword.otp.lifecycle.model.Credentials;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Pending;
import dev.watchword.otp.lifecycle.model.SealedSecret;
import dev.watchword.otp.lifecycle.model.SigningKey;
import dev.watchword.otp.lifecycle.model.StockedToken;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.ReencryptedEnrolment;
import java.util.ArrayList;
import java.util.List;

/** Checks that a re-encrypted secret replaces its previous form and nothing else. */
final class ReencryptionChecks {
    private static final SealedSecret REENCRYPTED = new SealedSecret("key-2", new byte[] {9, 8, 7});

    private ReencryptionChecks() {}

    private static ReencryptedEnrolment reencrypted(Enrolment before) {
        Token token = before.token();
        Pending waiting = before.pending();
        Token waits = waiting == null ? null : waiting.token();
        return ReencryptedEnrolment.of(
                before,
                before.toBuilder()
                        .version(before.version() + 1)
                        .token(token == null ? null : reencrypted(token))
                        .pending(
                                waiting == null || waits == null
                                        ? waiting
                                        : waiting.toBuilder()
                                                .token(reencrypted(waits))
                                                .build())
                        .credentials(Credentials.builder()
                                .password(REENCRYPTED)
                                .passwordFailures(2)
                                .build())
                        .build());
    }

    private static Token reencrypted(Token token) {
        SigningKey signing = token.signing();
        return token.toBuilder()
                .secret(REENCRYPTED)
                .signing(
                        signing == null
                                ? null
                                : signing.toBuilder().secret(REENCRYPTED).build())
                .build();
    }

    static void takesThePlace(Scene scene) {
        Enrolment taro = scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        taro = scene.commit(scene.waiting(
                taro,
                Pending.builder()
                        .token(Scene.issued(SERIAL_2))
                        .lapsesAt(Scene.NOW.plusSeconds(60))
                        .build()));
        Enrolment hanako = scene.commit(scene.first(HANAKO, USER_2, token(ShapeChecks.serial(3))));
        int events = scene.history(TARO).size();
        ReencryptedEnrolment one = reencrypted(taro);
        ReencryptedEnrolment other = reencrypted(hanako);
        expect("the number of re-encrypted values", scene.reencryption().reencrypt(List.of(one, other)), 2);
        expect("the enrolment", scene.stored(TARO), one.after());
        expect("the other enrolment", scene.stored(HANAKO), other.after());
        expect("the number of events", scene.history(TARO).size(), events);
        expect(
                "the number of values that were re-encrypted again",
                scene.reencryption().reencrypt(List.of(one)),
                0);
    }

    static void whoWasFasterStays(Scene scene) {
        Enrolment taro = scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        Enrolment hanako = scene.commit(scene.first(HANAKO, USER_2, token(SERIAL_2)));
        Enrolment changed = scene.commit(scene.next(taro, token(SERIAL_1), 1));
        ReencryptedEnrolment other = reencrypted(hanako);
        expect(
                "the number of re-encrypted values",
                scene.reencryption().reencrypt(List.of(reencrypted(taro), other)),
                1);
        expect("the enrolment that was changed", scene.stored(TARO), changed);
        expect("the other enrolment", scene.stored(HANAKO), other.after());
        scene.expect(scene.next(hanako, token(SERIAL_2), 1), CommitResult.STALE);
        scene.commit(scene.next(other.after(), token(SERIAL_2), 1));
    }

    static void stockTakesThePlace(Scene scene) {
        List<StockedToken> tokens = ShapeChecks.stockedTokens();
        tokens.forEach(scene::stock);
        expect("the stock", pages(scene), tokens);
        List<StockedToken> reencrypted =
                tokens.stream().map(ReencryptionChecks::reencrypted).toList();
        expect(
                "the number of re-encrypted values",
                scene.reencryption().reencryptStock(scene.serviceId, tokens, reencrypted),
                tokens.size());
        expect("the stock afterwards", pages(scene), reencrypted);
        expect(
                "the number of values that were re-encrypted again",
                scene.reencryption().reencryptStock(scene.serviceId, tokens, reencrypted),
                0);
        expect("the stock of another institution", pages(scene.other()), List.of());
    }

    private static StockedToken reencrypted(StockedToken token) {
        SigningKey signing = token.signing();
        return token.toBuilder()
                .secret(REENCRYPTED)
                .signing(
                        signing == null
                                ? null
                                : signing.toBuilder().secret(REENCRYPTED).build())
                .build();
    }

    private static List<StockedToken> pages(Scene scene) {
        List<StockedToken> all = new ArrayList<>();
        List<StockedToken> page = scene.reencryption().stockPage(scene.serviceId, null, 5);
        while (!page.isEmpty() && all.size() < 100) {
            all.addAll(page);
            page = scene.reencryption()
                    .stockPage(scene.serviceId, page.get(page.size() - 1).serial(), 5);
        }
        return all;
    }
}
