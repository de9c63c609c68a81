package dev.watchword.otp.lifecycle.internal.machine;

/**
 * A begun command: refused without evidence, or open for it.
 *
 * @param <E> the evidence
 */
public sealed interface Begun<E> {
    /**
     * A refusal that no evidence can change. It changes nothing.
     *
     * @param decision the refusal
     * @param <E> the type of the evidence, which is not evaluated
     */
    record Refused<E>(Decision decision) implements Begun<E> {}

    /**
     * A command that waits for its evidence.
     *
     * @param <E> the evidence
     */
    @FunctionalInterface
    non-sealed interface Open<E> extends Begun<E> {
        /**
         * Decides with the evidence. Called once.
         *
         * @throws IllegalStateException if evidence was taken before
         */
        Decision decide(E evidence);
    }
}
