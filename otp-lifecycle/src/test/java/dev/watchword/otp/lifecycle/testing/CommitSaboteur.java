package dev.watchword.otp.lifecycle.testing;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.HolderSuspension;
import dev.watchword.otp.lifecycle.model.IntegrityException;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.model.TokenKind;
import dev.watchword.otp.lifecycle.model.TokenState;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The commits of a {@link Saboteur}: the checks of version, user ID and serial number, and the writes. */
final class CommitSaboteur {
    private final SaboteurTables tables;
    private final HistorySaboteur histories;
    private final StockSaboteur stock;
    private final DeviceSaboteur devices;

    CommitSaboteur(SaboteurTables tables, HistorySaboteur histories, StockSaboteur stock, DeviceSaboteur devices) {
        this.devices = devices;
        this.tables = tables;
        this.histories = histories;
        this.stock = stock;
    }

    private boolean has(Flaw flaw) {
        return tables.has(flaw);
    }

    CommitResult commit(EnrolmentChange change, boolean blind) {
        Map<String, Enrolment> read;
        CommitResult clash;
        synchronized (tables.lock) {
            read = tables.copy();
            clash = clash(change, blind);
        }
        if (has(Flaw.CHECKS_THEN_ACTS) || has(Flaw.WRITES_BACK_ALL_IT_READ)) {
            LockSupport.parkNanos(Saboteur.NANOS_TO_LOSE_A_RACE);
        }
        synchronized (tables.lock) {
            if (!has(Flaw.CHECKS_THEN_ACTS)) {
                clash = clash(change, blind);
            }
            if (clash != null) {
                return reject(change, clash);
            }
            if (has(Flaw.WRITES_BACK_ALL_IT_READ)) {
                tables.replaceBy(read);
            }
            write(change);
        }
        if (has(Flaw.WRITES_EVENTS_LATER)) {
            LockSupport.parkNanos(Saboteur.NANOS_TO_LOSE_A_RACE);
            synchronized (tables.lock) {
                histories.write(change);
            }
        }
        return CommitResult.COMMITTED;
    }

    private CommitResult reject(EnrolmentChange change, CommitResult clash) {
        if (clash == CommitResult.STALE && has(Flaw.STORES_DEVICES_OF_STALE_CHANGES)) {
            devices.write(change);
        }
        if (has(Flaw.WRITES_EVENTS_OF_REJECTED_CHANGES) && clash != CommitResult.COMMITTED) {
            histories.write(change);
        }
        if (clash == CommitResult.STALE && has(Flaw.KEEPS_CLAIMS_OF_STALE_CHANGES)) {
            claimUserId(change);
        }
        if (clash == CommitResult.SERIAL_TAKEN && has(Flaw.KEEPS_THE_FIRST_OF_TWO_TOKENS)) {
            change.broughtTokens().forEach(token -> tables.claim(change.after(), token.serial()));
        }
        if (has(Flaw.REMEMBERS_REJECTED_CHANGES)) {
            tables.changes.add(change.id());
        }
        return has(Flaw.SAYS_COMMITTED) ? CommitResult.COMMITTED : clash;
    }

    /** Returns the result that prevents the write, or null. */
    private @Nullable CommitResult clash(EnrolmentChange change, boolean blind) {
        Enrolment after = change.after();
        if (tables.locked.contains(after.holder())) {
            return CommitResult.STALE;
        }
        if (isKnown(change)) {
            return CommitResult.COMMITTED;
        }
        Enrolment stored = tables.enrolment(after.serviceId(), after.holder());
        long version = stored == null ? 0 : stored.version();
        boolean overwrites = change.isFirst() ? has(Flaw.OVERWRITES_A_HOLDER) : has(Flaw.IGNORES_THE_VERSION);
        CommitResult stale = version == change.before().version() || overwrites || blind ? null : CommitResult.STALE;
        CommitResult taken = taken(change);
        if (has(Flaw.CHECKS_CLAIMS_BEFORE_THE_VERSION)) {
            return taken == null ? stale : taken;
        }
        if (stale != null) {
            return stale;
        }
        return version == change.before().version() ? taken(change, taken) : taken;
    }

    private @Nullable CommitResult taken(EnrolmentChange change, @Nullable CommitResult claim) {
        if (claim != null || !histories.hasTaken(change) || has(Flaw.WRITES_TAKEN_EVENT_NUMBERS)) {
            return claim;
        }
        if (has(Flaw.TAKES_A_TAKEN_EVENT_FOR_A_LOST_RACE)) {
            return CommitResult.STALE;
        }
        throw new IntegrityException("The event number is taken", null);
    }

    private boolean isKnown(EnrolmentChange change) {
        if (has(Flaw.FORGETS_CHANGES)) {
            return false;
        }
        if (has(Flaw.KNOWS_THE_LAST_CHANGE_ONLY)) {
            Enrolment stored =
                    tables.enrolment(change.after().serviceId(), change.after().holder());
            return change.after().equals(stored) && tables.changes.contains(change.id());
        }
        return tables.changes.contains(change.id());
    }

    private @Nullable CommitResult taken(EnrolmentChange change) {
        ServiceId serviceId = change.after().serviceId();
        if (change.allotsUserId()
                && tables.isClaimed(serviceId, requireNonNull(change.after().userId()))
                && !has(Flaw.SHARES_USER_IDS)) {
            return CommitResult.USER_ID_TAKEN;
        }
        for (Token token : change.broughtTokens()) {
            boolean fromStock = has(Flaw.TAKES_EVERY_HARDWARE_TOKEN_FROM_THE_STOCK)
                    ? token.kind() == TokenKind.HARDWARE
                    : EnrolmentChange.isFromStock(token);
            if (fromStock && !stock.has(serviceId, token.serial(), change.stockSecret())) {
                return CommitResult.NOT_IN_STOCK;
            }
            boolean known = tables.isClaimed(serviceId, token.serial()) || stock.knows(serviceId, token.serial());
            if (!fromStock && known && !isReturned(change)) {
                return CommitResult.SERIAL_TAKEN;
            }
        }
        return null;
    }

    private boolean isReturned(EnrolmentChange change) {
        Token old = change.before().token();
        Token now = change.after().token();
        boolean sameSerial = old != null && now != null && old.serial().equals(now.serial());
        return (has(Flaw.RETURNS_SERIALS_TO_THEIR_HOLDER) && !change.isFirst())
                || (has(Flaw.TAKES_AN_OLD_SERIAL_FOR_THE_SAME_TOKEN) && sameSerial);
    }

    private static boolean isLoneSuspension(EnrolmentChange change) {
        Enrolment after = change.after();
        return change.before().toBuilder()
                .version(after.version())
                .suspension(after.suspension())
                .eventCount(after.eventCount())
                .head(after.head())
                .rowMac(after.rowMac())
                .build()
                .equals(after);
    }

    private void claimUserId(EnrolmentChange change) {
        UserId userId = change.after().userId();
        if (userId != null) {
            tables.claim(change.after(), userId);
        }
    }

    private void write(EnrolmentChange change) {
        Enrolment after = change.after();
        Enrolment stored = tables.enrolment(after.serviceId(), after.holder());
        Token old = stored == null ? null : stored.token();
        Token token = after.token();
        boolean replaced = change.broughtTokens().contains(token);
        if (old != null && replaced && has(Flaw.KEEPS_THE_OLD_TOKEN)) {
            token = old;
        }
        if (old != null && token != null && !replaced && has(Flaw.UPDATES_THE_STATE_ONLY)) {
            token = token.toBuilder()
                    .codes(old.codes())
                    .failures(old.failures())
                    .build();
        }
        HolderSuspension suspension = stored != null && has(Flaw.SKIPS_A_LONE_SUSPENSION) && isLoneSuspension(change)
                ? stored.suspension()
                : after.suspension();
        tables.put(after.toBuilder().token(token).suspension(suspension).build());
        tables.changes.add(change.id());
        devices.write(change);
        claimUserId(change);
        for (Token brought : change.broughtTokens()) {
            tables.claim(after, brought.serial());
            stock.take(after.serviceId(), brought.serial(), after.holder());
        }
        if (has(Flaw.FREES_SERIALS) && token != null && token.state() == TokenState.REVOKED) {
            tables.free(after.serviceId(), token.serial());
        }
        if (!has(Flaw.WRITES_EVENTS_LATER)) {
            histories.write(change);
        }
    }
}
