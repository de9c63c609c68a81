package dev.watchword.otp.lifecycle.testing;

import static dev.watchword.otp.lifecycle.testing.Scene.expect;

import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** The results of changes that many threads submitted at the same time. */
final class Winners {
    private record Answer(EnrolmentChange change, CommitResult result) {}

    private final List<Answer> answers;

    private Winners(List<Answer> answers) {
        this.answers = answers;
    }

    static Winners of(Scene scene, int threads, IntFunction<EnrolmentChange> changes) {
        return new Winners(Crowd.atOnce(threads, i -> {
            EnrolmentChange change = changes.apply(i);
            return new Answer(change, scene.store.commit(change));
        }));
    }

    int count() {
        return committed().size();
    }

    EnrolmentChange change(int i) {
        return committed().get(i);
    }

    void expectOneAnd(CommitResult others) {
        List<CommitResult> expected = new ArrayList<>(List.of(CommitResult.COMMITTED));
        while (expected.size() < answers.size()) {
            expected.add(others);
        }
        expect("the results", answers.stream().map(Answer::result).sorted().toList(), expected);
    }

    private List<EnrolmentChange> committed() {
        return answers.stream()
                .filter(answer -> answer.result() == CommitResult.COMMITTED)
                .map(Answer::change)
                .toList();
    }
}
