package dev.watchword.otp.bench;

import dev.watchword.otp.Totp;

/** The kind of code that is entered, with the minimum number of time steps that its verification compares. */
public enum Entered {
    /** A wrong code, which costs the whole window of three time steps. */
    WRONG(3),
    /** The right code of the current time step, which is found first. */
    CURRENT(1),
    /** The right code of the previous time step, which is found second. */
    LATE(2);

    private final int steps;

    Entered(int steps) {
        this.steps = steps;
    }

    /**
     * Returns the number of time steps that a verifier compares if it begins with the current step and continues with
     * the previous one.
     */
    int steps() {
        return steps;
    }

    /**
     * Returns the code to enter. The wrong code is not zero, because one of the libraries rejects zero without a
     * comparison. A check before the measurement proves that the code is wrong.
     */
    String code(Totp totp) {
        return switch (this) {
            case WRONG -> "12345678";
            case CURRENT -> totp.generate(Question.NOW);
            case LATE -> totp.generate(Question.BEFORE);
        };
    }
}
