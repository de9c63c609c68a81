package dev.watchword.otp.jdbc.model;

import dev.watchword.otp.Totp;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.policy.LockPolicy;
import java.time.Duration;
import java.time.Instant;
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

    /** The generator of its codes; null until its app is provisioned. */
    @Nullable
    Totp totp;

    @Nullable
    String activationPassword;

    int wrongPasswords;
    Instant opensAt = Instant.MIN;

    @Nullable
    Instant provisionedAt;

    int device;

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

    private static long stepAt(Instant now) {
        return Math.floorDiv(now.getEpochSecond(), 60L);
    }

    /** Returns the refusal of a code, or null if the code is right. A right code is spent. */
    @Nullable
    Refusal judge(String code, Instant now, int reach, int cap) {
        if (!code.matches("[0-9]{8}")) {
            return Refusal.MALFORMED;
        }
        boolean spent = false;
        for (int distance = 0; distance <= reach; distance++) {
            for (int sign : new int[] {-1, 1}) {
                int off = drift + sign * distance;
                if (!code(now, off).equals(code)) {
                    continue;
                }
                if (stepAt(now) + off > highestSpent) {
                    accept(stepAt(now) + off, off, cap);
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
        if (!first.matches("[0-9]{8}") || !second.matches("[0-9]{8}")) {
            return Refusal.MALFORMED;
        }
        Integer best = null;
        for (int off = -range; off <= range; off++) {
            boolean found = code(now, off).equals(second) && code(now, off - 1).equals(first);
            boolean fresh = stepAt(now) + off - 1 > highestSpent;
            boolean inside = off - 1 >= -range;
            if (found && fresh && inside && (best == null || Math.abs(off) < Math.abs(best))) {
                best = off;
            }
        }
        if (best == null) {
            return Refusal.WRONG_CODE;
        }
        accept(stepAt(now) + best, best, cap);
        return null;
    }

    private void accept(long step, int off, int cap) {
        highestSpent = step;
        drift = Math.max(-cap, Math.min(cap, off));
        wrongInARow = 0;
        wrongSinceRight = 0;
        lastWrongAt = null;
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
