package dev.watchword.otp.lifecycle.testing;

import static dev.watchword.otp.lifecycle.testing.Scene.NOW;
import static dev.watchword.otp.lifecycle.testing.Scene.expect;
import static dev.watchword.otp.lifecycle.testing.Scene.sent;
import static dev.watchword.otp.lifecycle.testing.Scene.stocked;
import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.HolderSuspension;
import dev.watchword.otp.lifecycle.model.ListedHolder;
import dev.watchword.otp.lifecycle.model.ListedPending;
import dev.watchword.otp.lifecycle.model.ListedToken;
import dev.watchword.otp.lifecycle.model.MailAddress;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Order;
import dev.watchword.otp.lifecycle.model.OrderState;
import dev.watchword.otp.lifecycle.model.Pending;
import dev.watchword.otp.lifecycle.model.StockedToken;
import dev.watchword.otp.lifecycle.model.Suspension;
import dev.watchword.otp.lifecycle.model.SuspensionReason;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.model.TokenCount;
import dev.watchword.otp.lifecycle.model.TokenKind;
import dev.watchword.otp.lifecycle.model.TokenState;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks that the lists contain the right entries in order, and that their pages omit no entry. */
final class ListChecks {
    private static final Instant LATER = NOW.plusSeconds(60);
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);

    private ListChecks() {}

    /** Commits three tokens for each instant. The serial numbers ascend while the holders descend. */
    static void expiring(Scene scene) {
        List<ListedToken> all = new ArrayList<>();
        List<Instant> instants = List.of(NOW.minusNanos(1_000), NOW, NOW.plusNanos(1_000), LATER.minusNanos(1_000));
        for (int i = 0; i < 12; i++) {
            Token token = expiring(i, instants.get(i / 3));
            Enrolment enrolment = commit(scene, 50 - i, token, null);
            all.add(ListedToken.of(enrolment, token));
        }
        Enrolment late = commit(scene, 60, expiring(20, LATER), null);
        Token ended = expiring(21, NOW);
        Enrolment over = commit(scene, 61, ended, null);
        scene.commit(scene.next(over, Scene.revoked(ended), 1));
        commit(scene.other(), 62, expiring(22, NOW), null);

        List<ListedToken> expected = all.subList(3, 12);
        expectPages(
                "the expiring tokens",
                expected,
                (after, limit) -> scene.lists().expiring(scene.serviceId, NOW, LATER, after, limit));
        expect(
                "the tokens that expire in an empty period",
                scene.lists().expiring(scene.serviceId, NOW, NOW, null, 5),
                List.of());
        Instant justAfter = NOW.plusNanos(1);
        expect(
                "the tokens that expire within a nanosecond",
                scene.lists().expiring(scene.serviceId, NOW, justAfter, null, 5),
                all.subList(3, 6));
        expect(
                "the tokens that expire after a nanosecond",
                scene.lists().expiring(scene.serviceId, justAfter, LATER, null, 10),
                all.subList(6, 12));
        Token atTheEnd = expiring(23, Instant.parse("9999-12-31T23:59:59.999999Z"));
        all.add(ListedToken.of(late, requireNonNull(late.token())));
        all.add(ListedToken.of(commit(scene, 63, atTheEnd, null), atTheEnd));
        expectPages(
                "the tokens that expire in the longest period",
                all,
                (after, limit) -> scene.lists().expiring(scene.serviceId, Instant.MIN, Instant.MAX, after, limit));
    }

    private static Token expiring(int i, Instant at) {
        return ShapeChecks.with(Scene.token(ShapeChecks.serial(i)), at, null).toBuilder()
                .signing(SigningShapes.used(i))
                .build();
    }

    static Enrolment commit(Scene scene, int i, @Nullable Token token, @Nullable Pending waiting) {
        Enrolment before = scene.none(new Holder("holder-" + i));
        MailAddress address = i % 2 == 0 ? null : new MailAddress("holder-" + i + "@bank.example");
        Enrolment after = Scene.after(before, ShapeChecks.userId(i), token, waiting, address, before.credentials(), 1);
        return scene.commit(Scene.change(before, after));
    }

    static void suspended(Scene scene) {
        List<ListedToken> expected = new ArrayList<>();
        List<SuspensionReason> reasons = List.of(SuspensionReason.values());
        for (int i = 0; i < 6; i++) {
            Operator operator = i % 2 == 0 ? new Operator("窓口") : null;
            Instant since = NOW.plusSeconds(i / 3);
            Suspension suspension = Suspension.of(reasons.get(i % reasons.size()), since, operator);
            Token used = ShapeChecks.with(Scene.token(ShapeChecks.serial(2 * i)), LATER, suspension);
            Token issued = ShapeChecks.with(Scene.issued(ShapeChecks.serial(2 * i + 1)), LATER, suspension);
            Enrolment enrolment = commit(
                    scene,
                    50 - i,
                    used,
                    Pending.builder().token(issued).lapsesAt(LATER).build());
            expected.add(ListedToken.of(enrolment, used));
            expected.add(ListedToken.of(enrolment, issued));
        }
        commit(scene, 60, Scene.token(ShapeChecks.serial(60)), null);
        Suspension suspension = Suspension.of(SuspensionReason.LOST, NOW, null);
        commit(scene.other(), 61, ShapeChecks.with(Scene.token(ShapeChecks.serial(61)), LATER, suspension), null);

        expectPages(
                "the suspended tokens",
                expected,
                (after, limit) -> scene.lists().suspended(scene.serviceId, after, limit));
    }

    /** Commits three tokens for each day. The serial numbers ascend on a day and descend from day to day. */
    static void unused(Scene scene) {
        List<ListedToken> all = new ArrayList<>();
        List<LocalDate> days = List.of(LocalDate.of(1969, 12, 31), LocalDate.EPOCH, TODAY.minusDays(1), TODAY);
        for (int i = 11; i >= 0; i--) {
            Token token = usedOn(9 - 3 * (i / 3) + i % 3, days.get(i / 3));
            all.add(0, ListedToken.of(commit(scene, 50 - i, token, null), token));
        }
        Token ended = usedOn(21, LocalDate.EPOCH);
        Enrolment over = commit(scene, 61, ended, null);
        scene.commit(scene.next(over, Scene.revoked(ended), 1));
        commit(scene, 62, Scene.token(ShapeChecks.serial(22)), null);
        Token proved = Scene.issued(ShapeChecks.serial(23)).toBuilder()
                .lastAcceptedOn(LocalDate.EPOCH)
                .build();
        commit(scene, 63, null, Pending.builder().token(proved).lapsesAt(LATER).build());
        commit(scene.other(), 64, usedOn(24, LocalDate.EPOCH), null);

        expectPages(
                "the tokens unused since today",
                all.subList(0, 9),
                (after, limit) -> scene.lists().unusedSince(scene.serviceId, TODAY, after, limit));
        expectPages(
                "the tokens unused since tomorrow",
                all,
                (after, limit) -> scene.lists().unusedSince(scene.serviceId, TODAY.plusDays(1), after, limit));
        expect(
                "the tokens unused since the first day",
                scene.lists().unusedSince(scene.serviceId, days.get(0), null, 5),
                List.of());
        expect(
                "the tokens unused since the last day of all",
                scene.lists().unusedSince(scene.serviceId, LocalDate.MAX, null, 100),
                all);
    }

    private static Token usedOn(int i, LocalDate day) {
        return Scene.token(ShapeChecks.serial(i)).toBuilder()
                .lastAcceptedOn(day)
                .build();
    }

    /** Commits tokens of both kinds and states, some of them suspended. */
    static void counted(Scene scene) {
        expect("the counts of an institution without tokens", scene.lists().counts(scene.serviceId), List.of());
        Suspension lost = Suspension.of(SuspensionReason.LOST, NOW, null);
        for (int i = 0; i < 5; i++) {
            commit(scene, i, ShapeChecks.with(Scene.token(ShapeChecks.serial(i)), LATER, i < 2 ? lost : null), null);
        }
        Token successor = ShapeChecks.with(Scene.issued(ShapeChecks.serial(10)), LATER, lost);
        commit(
                scene,
                10,
                Scene.token(ShapeChecks.serial(11)),
                Pending.builder().token(successor).lapsesAt(LATER).build());
        StockedToken stocked = stocked(ShapeChecks.serial(20));
        scene.stock(stocked);
        Order assigned = Order.builder()
                .state(OrderState.ASSIGNED)
                .placedAt(NOW)
                .assignedAt(NOW)
                .build();
        commit(
                scene,
                20,
                null,
                Pending.builder()
                        .order(assigned)
                        .token(sent(stocked))
                        .lapsesAt(LATER)
                        .build());
        Token ended = Scene.token(ShapeChecks.serial(21));
        Enrolment over = commit(scene, 21, ended, null);
        scene.commit(scene.next(over, Scene.revoked(ended), 1));
        commit(scene.other(), 22, Scene.token(ShapeChecks.serial(22)), null);

        expect(
                "the counts",
                scene.lists().counts(scene.serviceId),
                List.of(
                        TokenCount.of(TokenKind.SOFTWARE, TokenState.ISSUED, 1, 1),
                        TokenCount.of(TokenKind.SOFTWARE, TokenState.ACTIVE, 6, 2),
                        TokenCount.of(TokenKind.HARDWARE, TokenState.ISSUED, 1, 0)));
    }

    /**
     * Suspends three holders at each instant, some of them without a user ID. The suspension of a token does not list
     * its holder.
     */
    static void suspendedHolders(Scene scene) {
        List<ListedHolder> expected = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            SuspensionReason reason = i % 2 == 0 ? SuspensionReason.FRAUD_SUSPECTED : SuspensionReason.OTHER;
            HolderSuspension suspension =
                    PartChecks.suspension(reason, NOW.plusSeconds(i / 3), new Operator("窓口"), i % 4 == 0);
            expected.add(ListedHolder.of(suspend(scene, 50 + (i + 3) % 6, i % 3 > 0, suspension)));
        }
        HolderSuspension over = PartChecks.suspension(SuspensionReason.OTHER, NOW, new Operator("窓口"), false);
        Enrolment suspended = suspend(scene, 60, true, over);
        Enrolment resumed = Scene.after(
                        suspended, suspended.userId(), suspended.token(), null, null, suspended.credentials(), 1)
                .toBuilder()
                .suspension(null)
                .build();
        scene.commit(Scene.change(suspended, resumed));
        Suspension lost = Suspension.of(SuspensionReason.LOST, NOW, null);
        commit(scene, 61, ShapeChecks.with(Scene.token(ShapeChecks.serial(61)), LATER, lost), null);
        suspend(scene.other(), 62, true, over);

        expectPages(
                "the suspended holders",
                expected,
                (after, limit) -> scene.lists().suspendedHolders(scene.serviceId, after, limit));
    }

    private static Enrolment suspend(Scene scene, int i, boolean hasToken, HolderSuspension suspension) {
        Enrolment before = scene.none(new Holder("holder-" + i));
        Enrolment after = Scene.after(
                        before,
                        hasToken ? ShapeChecks.userId(i) : null,
                        hasToken ? Scene.token(ShapeChecks.serial(i)) : null,
                        null,
                        null,
                        before.credentials(),
                        1)
                .toBuilder()
                .suspension(suspension)
                .build();
        return scene.commit(Scene.change(before, after));
    }

    /** The second holder's token is revoked, and the third one waits. */
    static void holders(Scene scene) {
        commit(scene, 70, Scene.token(ShapeChecks.serial(70)), null);
        Token ended = Scene.token(ShapeChecks.serial(71));
        scene.commit(scene.next(commit(scene, 71, ended, null), Scene.revoked(ended), 1));
        commit(
                scene,
                72,
                null,
                Pending.builder()
                        .token(Scene.issued(ShapeChecks.serial(72)))
                        .lapsesAt(LATER)
                        .build());
        scene.stock(stocked(ShapeChecks.serial(73)));
        for (int i = 70; i < 73; i++) {
            Optional<Holder> holder = Optional.of(new Holder("holder-" + i));
            expect("the holder of a user ID", scene.lists().holderOf(scene.serviceId, ShapeChecks.userId(i)), holder);
            expect("the holder of a token", scene.lists().holderOf(scene.serviceId, ShapeChecks.serial(i)), holder);
        }
        for (int i = 73; i < 75; i++) {
            expectNobody(scene, i);
        }
        expectNobody(scene.other(), 70);
    }

    private static void expectNobody(Scene scene, int i) {
        expect(
                "the holder of an unknown user ID",
                scene.lists().holderOf(scene.serviceId, ShapeChecks.userId(i)),
                Optional.empty());
        expect(
                "the holder of a token without a holder",
                scene.lists().holderOf(scene.serviceId, ShapeChecks.serial(i)),
                Optional.empty());
    }

    static void pending(Scene scene) {
        List<ListedPending> expected = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            StockedToken stocked = stocked(ShapeChecks.serial(i));
            Instant lapsesAt = NOW.plusSeconds(i / 3);
            Pending waiting = switch (i % 3) {
                case 0 ->
                    Pending.builder()
                            .order(Order.builder()
                                    .state(OrderState.PLACED)
                                    .placedAt(NOW)
                                    .build())
                            .lapsesAt(lapsesAt)
                            .build();
                case 1 ->
                    Pending.builder()
                            .order(Order.builder()
                                    .state(OrderState.SENT)
                                    .placedAt(NOW)
                                    .assignedAt(NOW)
                                    .sentAt(LATER)
                                    .build())
                            .token(sent(stocked))
                            .lapsesAt(lapsesAt)
                            .build();
                default ->
                    Pending.builder()
                            .token(Scene.issued(stocked.serial()))
                            .lapsesAt(lapsesAt)
                            .build();
            };
            if (i % 3 == 1) {
                scene.stock(stocked);
            }
            expected.add(ListedPending.of(commit(scene, 50 + i, null, waiting)));
        }
        commit(
                scene,
                70,
                null,
                Pending.builder()
                        .token(Scene.issued(ShapeChecks.serial(70)))
                        .lapsesAt(LATER)
                        .build());
        commit(
                scene,
                71,
                null,
                Pending.builder()
                        .token(Scene.issued(ShapeChecks.serial(71)))
                        .lapsesAt(NOW.minusNanos(1_000))
                        .build());
        commit(scene, 72, Scene.token(ShapeChecks.serial(72)), null);
        commit(
                scene.other(),
                73,
                null,
                Pending.builder()
                        .token(Scene.issued(ShapeChecks.serial(73)))
                        .lapsesAt(NOW)
                        .build());

        expectPages(
                "the pending tokens and orders",
                expected,
                (after, limit) -> scene.lists().pending(scene.serviceId, NOW, LATER, after, limit));
    }

    /** Reads the page after an entry. */
    interface Paged<T> {
        List<T> page(@Nullable T after, int limit);
    }

    /** Checks that the size of the pages does not change a list. */
    static <T> void expectPages(String what, List<T> expected, Paged<T> list) {
        for (int limit : new int[] {1, 2, 4, 5, 100}) {
            List<T> all = new ArrayList<>();
            List<T> page = list.page(null, limit);
            while (!page.isEmpty() && all.size() < 100) {
                all.addAll(page);
                page = list.page(page.get(page.size() - 1), limit);
            }
            expect(what + ", by " + limit, all, expected);
        }
    }
}
