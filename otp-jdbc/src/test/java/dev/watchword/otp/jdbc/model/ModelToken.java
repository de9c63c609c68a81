package dev.watchword.otp.jdbc.model;

import dev.watchword.otp.Totp;
import dev.watchword.otp.TotpWindow;
import dev.watchword.otp.app.SealedRequest;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.policy.LockPolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A token of the naive model: plain fields, and the rules on codes in the words of the specification. */
final class ModelToken {
    final boolean software;
    final String serial;
    final Instant expiresAt;

    long highestSpent = Long.MIN_VALUE;
    int drift;
    int wrongInARow;
    int wrongSinceRight;

    @Nullable
    Instant lastWrongAt;

    boolean suspended;
    boolean suspendedByOperator;

    /** The generator of its codes; null until its app is provisioned. */
    @Nullable
    Totp totp;

    /** The response of its app to a signing request; null until its app is provisioned. */
    @Nullable
    Function<SealedRequest, String> app;

    @Nullable
    String activationPassword;

    int wrongPasswords;
    Instant opensAt = Instant.MIN;

    @Nullable
    Instant provisionedAt;

    int device;
    int repeats;

    /** The day in UTC of the last accepted code, or of the activation. */
    @Nullable
    LocalDate lastAcceptedOn;

    /** When the token became the holder's: the issue, or the assignment. */
    Instant issuedAt = Instant.MIN;

    ModelToken(boolean software, String serial, @Nullable Totp totp, Instant expiresAt) {
        this.software = software;
        this.serial = serial;
        this.totp = totp;
        this.expiresAt = expiresAt;
    }

    /** Returns a copy for a code that must not be spent, because another factor is wrong. */
    ModelToken copyOfCodes() {
        ModelToken copy = new ModelToken(software, serial, totp, expiresAt);
        copy.highestSpent = highestSpent;
        copy.drift = drift;
        return copy;
    }

    /** Returns the code of a step, counted from the current step of the true clock. */
    String code(Instant now, int stepsLater) {
        return totp == null ? "12345678" : totp.generate(now.plus(Duration.ofMinutes(stepsLater)));
    }

    static long stepAt(Instant now) {
        return Math.floorDiv(now.getEpochSecond(), 60L);
    }

    /** Refuses a text that is not a code, before the token is looked at. */
    static @Nullable Refusal formOf(String code) {
        return code.matches("[0-9]{8}") ? null : Refusal.MALFORMED;
    }

    /**
     * Returns the refusal of a code, or null if the code is right. A right code is spent. The code is searched in two
     * windows: around the step of the drifted clock, and around the step of the true clock.
     */
    @Nullable
    Refusal judge(String code, Instant now, TotpWindow window, int cap) {
        Set<Integer> distances = new LinkedHashSet<>();
        for (int middle : new int[] {drift, 0}) {
            for (int off = middle - window.past(); off <= middle + window.future(); off++) {
                distances.add(off);
            }
        }
        boolean spent = false;
        for (int off : distances) {
            if (code(now, off).equals(code)) {
                if (stepAt(now) + off > highestSpent) {
                    accept(stepAt(now) + off, off, cap);
                    usedAt(now);
                    return null;
                }
                spent = true;
            }
        }
        return spent ? Refusal.REPLAYED : Refusal.WRONG_CODE;
    }

    /** Returns the refusal of two consecutive codes within a range around the true clock, or null. */
    @Nullable
    Refusal judgeTwo(String first, String second, Instant now, int range, int cap) {
        Integer best = null;
        boolean spent = false;
        for (int off = 1 - range; off <= range; off++) {
            boolean found = code(now, off - 1).equals(first) && code(now, off).equals(second);
            boolean fresh = stepAt(now) + off - 1 > highestSpent;
            spent = spent || (found && !fresh);
            if (found && fresh && (best == null || Math.abs(off) < Math.abs(best))) {
                best = off;
            }
        }
        if (best == null) {
            return spent ? Refusal.REPLAYED : Refusal.WRONG_CODE;
        }
        accept(stepAt(now) + best, best, cap);
        usedAt(now);
        return null;
    }

    private void accept(long step, int off, int cap) {
        highestSpent = step;
        drift = Math.max(-cap, Math.min(cap, off));
        forgetWrongOnes();
    }

    void forgetWrongOnes() {
        wrongInARow = 0;
        wrongSinceRight = 0;
        lastWrongAt = null;
    }

    /** Notes the day of an accepted code or of the activation. */
    void usedAt(Instant now) {
        LocalDate day = now.atOffset(ZoneOffset.UTC).toLocalDate();
        if (lastAcceptedOn == null || day.isAfter(lastAcceptedOn)) {
            lastAcceptedOn = day;
        }
    }

    /**
     * Whether an app can still be provisioned with the activation password: it is set, not used, and has attempts left.
     */
    boolean hasActivationPassword(int tries) {
        return activationPassword != null && provisionedAt == null && wrongPasswords < tries;
    }

    void chargeWrong(Instant now, LockPolicy lock) {
        wrongInARow++;
        wrongSinceRight++;
        lastWrongAt = now;
        if (triesLeft(lock) == 0) {
            suspended = true;
        }
    }

    int triesLeft(LockPolicy lock) {
        return suspended
                ? 0
                : Math.max(0, Math.min(lock.failureLimit() - wrongInARow, lock.failureCeiling() - wrongSinceRight));
    }

    boolean isTooSoon(Instant now, LockPolicy lock) {
        if (lock.firstDelay().isZero() || lastWrongAt == null || wrongInARow == 0) {
            return false;
        }
        long seconds = lock.firstDelay().toSeconds() << Math.min(30, wrongInARow - 1);
        Duration delay =
                Duration.ofSeconds(Math.min(seconds, lock.greatestDelay().toSeconds()));
        return now.isBefore(lastWrongAt.plus(delay));
    }
}
