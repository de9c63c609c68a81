package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.Verification;
import org.jspecify.annotations.Nullable;

/** What is asked of an enrolment, with the evidence that was taken for it: what the codes showed, never a secret. */
sealed interface Command {
    TokenAction action();

    record Issue(UserId userId, Token token, @Nullable Operator operator) implements Command {
        @Override
        public TokenAction action() {
            return TokenAction.ISSUE;
        }
    }

    record Activate(@Nullable SerialNumber serial, Verification code) implements Command {
        @Override
        public TokenAction action() {
            return TokenAction.ACTIVATE;
        }
    }

    record Verify(Verification code, Purpose purpose) implements Command {
        @Override
        public TokenAction action() {
            return TokenAction.VERIFY;
        }
    }

    record Suspend(SuspensionReason why, Operator operator, String reason) implements Command {
        public Suspend {
            requireNonNull(operator, "operator");
        }

        @Override
        public TokenAction action() {
            return TokenAction.SUSPEND;
        }
    }

    record Resume(Operator operator, String reason) implements Command {
        public Resume {
            requireNonNull(operator, "operator");
        }

        @Override
        public TokenAction action() {
            return TokenAction.RESUME;
        }
    }

    record Revoke(Verification code) implements Command {
        @Override
        public TokenAction action() {
            return TokenAction.REVOKE;
        }
    }

    record RevokeByOperator(Operator operator, String reason) implements Command {
        public RevokeByOperator {
            requireNonNull(operator, "operator");
        }

        @Override
        public TokenAction action() {
            return TokenAction.REVOKE_BY_OPERATOR;
        }
    }
}
