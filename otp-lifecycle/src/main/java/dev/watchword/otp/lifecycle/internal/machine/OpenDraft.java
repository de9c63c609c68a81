package dev.watchword.otp.lifecycle.internal.machine;

/** A draft that takes the evidence of its command once. */
final class OpenDraft<E> implements Begun.Open<E> {
    private final Draft draft;
    private final Command<E> command;
    private boolean decided;

    OpenDraft(Draft draft, Command<E> command) {
        this.draft = draft;
        this.command = command;
    }

    @Override
    public Decision decide(E evidence) {
        if (decided) {
            throw new IllegalStateException("The command has taken its evidence; begin it again");
        }
        decided = true;
        return command.decide(draft, evidence);
    }
}
