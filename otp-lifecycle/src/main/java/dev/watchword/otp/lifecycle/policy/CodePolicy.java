package dev.watchword.otp.lifecycle.policy;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.TotpWindow;
import dev.watchword.otp.lifecycle.internal.Require;
import dev.watchword.otp.lifecycle.model.CanIgnoreReturnValue;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The codes that an institution accepts. Immutable.
 *
 * <p>A code of a TOTP token is compared with the steps of the window around the server's step. Once a drift is learned, it is
 * also compared with the steps around the server's step plus the drift. A learned drift therefore never locks out a token
 * whose clock is right.
 *
 * <p>A code is compared with at most {@code 2 * (past + future + 1)} steps. Without a drift, it is compared with half as many.
 * A guess of {@code d} digits is right with a probability of about that number divided by 10 to the power of {@code d}.
 */
public final class CodePolicy {
    /** The greatest learned drift in time (R11.3). */
    private static final Duration GREATEST_DRIFT = Duration.ofHours(1);

    /**
     * The policy of a bank: codes of 8 digits in time steps of 60 seconds. The window is one step in both directions, and ten
     * steps for the first code of a hardware token. Resynchronisation and the learned drift reach twenty steps.
     *
     * <p>A guess is compared with at most 6 steps: it is right with a probability of at most 1 in 16 million. The first code of
     * a hardware token is compared with at most 41 steps: 1 in 2.3 million.
     */
    public static final CodePolicy BANK = builder()
            .profile(TotpProfile.BANK)
            .window(TotpWindow.ONE_STEP)
            .activationWindow(new TotpWindow(10, 10))
            .driftCap(20)
            .resynchronisationRange(20)
            .build();

    /**
     * The policy for authenticator apps: 6 digits, 30 seconds, one step in both directions, and twenty for resynchronisation
     * and for the drift. A guess is compared with at most 6 steps: it is right with a probability of at most 1 in 166,000.
     */
    public static final CodePolicy AUTHENTICATOR_APP = builder()
            .profile(TotpProfile.AUTHENTICATOR_APP)
            .window(TotpWindow.ONE_STEP)
            .activationWindow(TotpWindow.ONE_STEP)
            .driftCap(20)
            .resynchronisationRange(20)
            .build();

    private final TotpProfile profile;
    private final TotpWindow window;
    private final TotpWindow activationWindow;
    private final int driftCap;
    private final int resynchronisationRange;
    private final LookAhead lookAhead;

    private CodePolicy(Builder builder) {
        profile = requireNonNull(builder.profile, "profile");
        window = requireNonNull(builder.window, "window");
        activationWindow = requireNonNull(builder.activationWindow, "activationWindow");
        driftCap = builder.driftCap;
        resynchronisationRange = builder.resynchronisationRange;
        lookAhead = requireNonNull(builder.lookAhead, "lookAhead");
        if (window.drift() != 0 || activationWindow.drift() != 0) {
            throw new IllegalArgumentException(
                    "window and activationWindow must have drift 0: the drift of each token is learned (RFC 6238 §6)");
        }
        if (activationWindow.past() < window.past() || activationWindow.future() < window.future()) {
            throw new IllegalArgumentException("activationWindow must be at least as wide as window");
        }
        Require.range(driftCap, "driftCap", 0, TotpWindow.MAX_DRIFT, "RFC 6238 §6");
        if (profile.timeStep().multipliedBy(driftCap).compareTo(GREATEST_DRIFT) > 0) {
            throw new IllegalArgumentException(
                    "driftCap must be at most " + GREATEST_DRIFT.dividedBy(profile.timeStep())
                            + " time steps of " + profile.timeStep() + ", not " + driftCap
                            + ": a learned drift is at most one hour");
        }
        Require.range(resynchronisationRange, "resynchronisationRange", 0, driftCap, "at most the driftCap");
    }

    /**
     * Begins to build a policy. Without other values, HOTP tokens have the standard look-ahead.
     *
     * @return an empty builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Begins to build a copy that differs in some values.
     *
     * @return a builder with all values of this one
     */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.profile = profile;
        builder.window = window;
        builder.activationWindow = activationWindow;
        builder.driftCap = driftCap;
        builder.resynchronisationRange = resynchronisationRange;
        builder.lookAhead = lookAhead;
        return builder;
    }

    /** {@return the parameters of newly issued software tokens; a hardware token has its own} */
    public TotpProfile profile() {
        return profile;
    }

    /**
     * {@return the window of accepted time steps around the server's step, and around that step plus the learned drift. Its
     * drift is 0}
     */
    public TotpWindow window() {
        return window;
    }

    /**
     * {@return the window for the first code of a hardware token, at least as wide as {@link #window}. Its drift
     * is 0}
     */
    public TotpWindow activationWindow() {
        return activationWindow;
    }

    /**
     * {@return the greatest learned drift in time steps, 0 to {@link TotpWindow#MAX_DRIFT}, and at most one hour (R11.3).
     * For a hardware token with a longer time step, the hour is the cap}
     */
    public int driftCap() {
        return driftCap;
    }

    /**
     * {@return the range in time steps, in both directions, in which resynchronisation searches two consecutive
     * codes: 1 to the drift cap, or 0 to switch resynchronisation off}
     */
    public int resynchronisationRange() {
        return resynchronisationRange;
    }

    /** {@return the look-ahead for HOTP tokens} */
    public LookAhead lookAhead() {
        return lookAhead;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof CodePolicy that
                        && profile.equals(that.profile)
                        && window.equals(that.window)
                        && activationWindow.equals(that.activationWindow)
                        && driftCap == that.driftCap
                        && resynchronisationRange == that.resynchronisationRange
                        && lookAhead.equals(that.lookAhead));
    }

    @Override
    public int hashCode() {
        return Objects.hash(profile, window, activationWindow, driftCap, resynchronisationRange, lookAhead);
    }

    @Override
    public String toString() {
        return "CodePolicy[profile=" + profile + ", window=" + window + ", activationWindow=" + activationWindow
                + ", driftCap=" + driftCap + ", resynchronisationRange=" + resynchronisationRange + ", lookAhead="
                + lookAhead + "]";
    }

    /** Builds a {@link CodePolicy}. Not thread-safe. */
    public static final class Builder {
        private @Nullable TotpProfile profile;
        private @Nullable TotpWindow window;
        private @Nullable TotpWindow activationWindow;
        private int driftCap;
        private int resynchronisationRange;
        private LookAhead lookAhead = LookAhead.STANDARD;

        private Builder() {}

        /**
         * Sets the parameters of newly issued software tokens; a hardware token has its own.
         *
         * @param newProfile the parameters of newly issued software tokens; a hardware token has its own
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder profile(TotpProfile newProfile) {
            profile = newProfile;
            return this;
        }

        /**
         * Sets the window of accepted time steps around the server's step, and around that step plus the learned drift. Its
         * drift is 0.
         *
         * @param newWindow the window of accepted time steps around the server's step, and around that step plus the
         *     learned drift. Its drift is 0
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder window(TotpWindow newWindow) {
            window = newWindow;
            return this;
        }

        /**
         * Sets the window for the first code of a hardware token, at least as wide as {@link #window}. Its drift
         * is 0.
         *
         * @param newActivationWindow the window for the first code of a hardware token, at least as wide as {@link
         *     #window}. Its drift is 0
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder activationWindow(TotpWindow newActivationWindow) {
            activationWindow = newActivationWindow;
            return this;
        }

        /**
         * Sets the greatest learned drift in time steps, 0 to {@link TotpWindow#MAX_DRIFT}, and at most one hour. For a
         * hardware token with a longer time step, the hour is the cap.
         *
         * @param newDriftCap the greatest learned drift in time steps, 0 to {@link TotpWindow#MAX_DRIFT}, and at most one
         *     hour
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder driftCap(int newDriftCap) {
            driftCap = newDriftCap;
            return this;
        }

        /**
         * Sets the range in time steps, in both directions, in which resynchronisation searches two consecutive
         * codes: 1 to the drift cap, or 0 to switch resynchronisation off.
         *
         * @param newResynchronisationRange the range in time steps, in both directions, in which resynchronisation
         *     searches two consecutive codes: 1 to the drift cap, or 0 to switch resynchronisation off
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder resynchronisationRange(int newResynchronisationRange) {
            resynchronisationRange = newResynchronisationRange;
            return this;
        }

        /**
         * Sets the look-ahead for HOTP tokens.
         *
         * @param newLookAhead the look-ahead for HOTP tokens
         * @return this builder
         */
        @CanIgnoreReturnValue
        public Builder lookAhead(LookAhead newLookAhead) {
            lookAhead = newLookAhead;
            return this;
        }

        /**
         * Builds the value.
         *
         * @return the value
         * @throws NullPointerException if a required value is missing; the message names it
         * @throws IllegalArgumentException if a value is out of range; the message names it
         */
        public CodePolicy build() {
            return new CodePolicy(this);
        }
    }
}
