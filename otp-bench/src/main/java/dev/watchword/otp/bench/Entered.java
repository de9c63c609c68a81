package dev.watchword.otp.bench;

import dev.watchword.otp.Totp;

/** What is entered, and how much of the window it costs at least. */
public enum Entered {
    /** A wrong code: the whole window, three steps. */
    WRONG(3),
    /** The right code of the current step: found first. */
    CURRENT(1),
    /** The right code of the step before: found second. */
    LATE(2);

    private final int steps;

    Entered(int steps) {
        this.steps = steps;
    }

    /** How many steps are tried if the expected one is the first and the one before it the second. */
    int steps() {
        return steps;
    }

    /** Not zero, which one of the libraries refuses unseen. That it is wrong is looked at before anything is measured. */
    String code(Totp totp) {
        return switch (this) {
            case WRONG -> "12345678";
            case CURRENT -> totp.generate(Question.NOW);
            case LATE -> totp.generate(Question.BEFORE);
        };
    }
}
