package dev.watchword.otp.lifecycle.testing;

import static dev.watchword.otp.lifecycle.testing.Scene.HANAKO;
import static dev.watchword.otp.lifecycle.testing.Scene.SERIAL_1;
import static dev.watchword.otp.lifecycle.testing.Scene.SERIAL_2;
import static dev.watchword.otp.lifecycle.testing.Scene.TARO;
import static dev.watchword.otp.lifecycle.testing.Scene.USER_1;
import static dev.watchword.otp.lifecycle.testing.Scene.USER_2;
import static dev.watchword.otp.lifecycle.testing.Scene.expect;
import static dev.watchword.otp.lifecycle.testing.Scene.token;

import dev.watchword.otp.lifecycle.Enrolment;
import dev.watchword.otp.lifecycle.Factors;
import dev.watchword.otp.lifecycle.SealedSecret;
import dev.watchword.otp.lifecycle.Token;
import dev.watchword.otp.lifecycle.Waiting;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.Resealing;
import dev.watchword.otp.lifecycle.spi.StockedFob;
import java.util.ArrayList;
import java.util.List;

/** What is sealed anew takes the place of what it was, and of nothing else. */
final class Resealings {
    private static final SealedSecret ANEW = new SealedSecret("key-2", new byte[] {9, 8, 7});

    private Resealings() {}

    private static Resealing anew(Enrolment before) {
        Token token = before.token();
        Waiting waiting = before.waiting();
        Token waits = waiting == null ? null : waiting.token();
        return new Resealing(
                before,
                new Enrolment(
                        before.serviceId(),
                        before.holder(),
                        before.version() + 1,
                        before.userId(),
                        token == null ? null : anew(token),
                        waiting == null || waits == null
                                ? waiting
                                : new Waiting(waiting.order(), anew(waits), waiting.lapsesAt()),
                        before.softwareRevokedAt(),
                        before.mailAddress(),
                        new Factors(ANEW, 2, null, 0),
                        before.eventCount(),
                        before.head()));
    }

    private static Token anew(Token token) {
        return new Token(
                token.serial(),
                token.kind(),
                token.profile(),
                token.state(),
                ANEW,
                token.issuedAt(),
                token.activatedAt(),
                token.revokedAt(),
                token.expiresAt(),
                token.codes(),
                token.failures(),
                token.suspension(),
                token.provisioning());
    }

    static void takesThePlace(Scene scene) {
        Enrolment taro = scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        taro = scene.commit(scene.waiting(taro, new Waiting(null, Scene.issued(SERIAL_2), Scene.NOW.plusSeconds(60))));
        Enrolment hanako = scene.commit(scene.first(HANAKO, USER_2, token(Shapes.serial(3))));
        int events = scene.history(TARO).size();
        Resealing one = anew(taro);
        Resealing other = anew(hanako);
        expect("how many were sealed anew", scene.sealed.reseal(List.of(one, other)), 2);
        expect("the enrolment", scene.stored(TARO), one.after());
        expect("the other enrolment", scene.stored(HANAKO), other.after());
        expect("how many events there are", scene.history(TARO).size(), events);
        expect("how many were sealed anew again", scene.sealed.reseal(List.of(one)), 0);
    }

    static void whoWasFasterStays(Scene scene) {
        Enrolment taro = scene.commit(scene.first(TARO, USER_1, token(SERIAL_1)));
        Enrolment hanako = scene.commit(scene.first(HANAKO, USER_2, token(SERIAL_2)));
        Enrolment changed = scene.commit(scene.next(taro, token(SERIAL_1), 1));
        Resealing other = anew(hanako);
        expect("how many were sealed anew", scene.sealed.reseal(List.of(anew(taro), other)), 1);
        expect("the enrolment that was changed", scene.stored(TARO), changed);
        expect("the other enrolment", scene.stored(HANAKO), other.after());
        scene.expect(scene.next(hanako, token(SERIAL_2), 1), CommitResult.STALE);
        scene.commit(scene.next(other.after(), token(SERIAL_2), 1));
    }

    static void stockTakesThePlace(Scene scene) {
        List<StockedFob> fobs = Shapes.fobs();
        fobs.forEach(scene::stock);
        expect("the stock", pages(scene), fobs);
        List<StockedFob> anew = fobs.stream().map(Resealings::anew).toList();
        expect("how many were sealed anew", scene.sealed.resealStock(scene.serviceId, fobs, anew), fobs.size());
        expect("the stock afterwards", pages(scene), anew);
        expect("how many were sealed anew again", scene.sealed.resealStock(scene.serviceId, fobs, anew), 0);
        expect("the stock of another institution", pages(scene.other()), List.of());
    }

    private static StockedFob anew(StockedFob fob) {
        return new StockedFob(fob.serial(), fob.profile(), ANEW, fob.startsAt(), fob.expiresAt(), fob.codes());
    }

    private static List<StockedFob> pages(Scene scene) {
        List<StockedFob> all = new ArrayList<>();
        List<StockedFob> page = scene.sealed.stockPage(scene.serviceId, null, 5);
        while (!page.isEmpty() && all.size() < 100) {
            all.addAll(page);
            page = scene.sealed.stockPage(
                    scene.serviceId, page.get(page.size() - 1).serial(), 5);
        }
        return all;
    }
}
