package dev.watchword.otp.lifecycle;

import dev.watchword.otp.OtpProfile;
import dev.watchword.otp.Verification;
import dev.watchword.otp.lifecycle.spi.CommitResult;
import dev.watchword.otp.lifecycle.spi.StockedFob;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is asked of an enrolment, with the evidence that was taken for it: what the codes showed, never a secret. */
sealed interface Command {
    TokenAction action();

    /** The refusal that a commit's result is; none where the change is to be decided again. */
    default Optional<Refusal> refusal(CommitResult result) {
        return result == CommitResult.NOT_IN_STOCK ? Optional.of(Refusal.NOT_IN_STOCK) : Optional.empty();
    }

    record Issue(
            UserId userId,
            SerialNumber serial,
            SealedSecret secret,
            SealedSecret password,
            MailAddress mailAddress,
            Evidence evidence)
            implements Command {
        @Override
        public TokenAction action() {
            return TokenAction.ISSUE;
        }
    }

    record PlaceOrder(UserId userId, Evidence evidence) implements Command {
        @Override
        public TokenAction action() {
            return TokenAction.ORDER;
        }
    }

    record RenewSoftware(
            SerialNumber serial, SealedSecret secret, SealedSecret password, MailAddress mailAddress, Evidence evidence)
            implements Command {
        @Override
        public TokenAction action() {
            return TokenAction.RENEW;
        }
    }

    record RenewHardware(Evidence evidence) implements Command {
        @Override
        public TokenAction action() {
            return TokenAction.RENEW;
        }
    }

    record Assign(@Nullable StockedFob fob, Operator operator) implements Command {
        @Override
        public TokenAction action() {
            return TokenAction.ASSIGN;
        }
    }

    record Send(Operator operator) implements Command {
        @Override
        public TokenAction action() {
            return TokenAction.SEND;
        }
    }

    record Provision(Proof password, DeviceFingerprint device) implements Command {
        @Override
        public TokenAction action() {
            return TokenAction.PROVISION;
        }
    }

    record Activate(@Nullable SerialNumber serial, Evidence evidence) implements Command {
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

    record Resynchronise(Verification codes) implements Command {
        @Override
        public TokenAction action() {
            return TokenAction.RESYNCHRONISE;
        }
    }

    record Suspend(@Nullable SerialNumber serial, SuspensionReason why, Operator operator, String reason)
            implements Command {
        @Override
        public TokenAction action() {
            return TokenAction.SUSPEND;
        }
    }

    record Resume(@Nullable SerialNumber serial, Operator operator, String reason) implements Command {
        @Override
        public TokenAction action() {
            return TokenAction.RESUME;
        }
    }

    record Cancel(Evidence evidence) implements Command {
        @Override
        public TokenAction action() {
            return TokenAction.CANCEL;
        }
    }

    record CancelByOperator(Operator operator, String reason) implements Command {
        @Override
        public TokenAction action() {
            return TokenAction.CANCEL_BY_OPERATOR;
        }
    }

    record Lapse() implements Command {
        @Override
        public TokenAction action() {
            return TokenAction.LAPSE;
        }
    }

    record Revoke(Evidence evidence) implements Command {
        @Override
        public TokenAction action() {
            return TokenAction.REVOKE;
        }
    }

    record RevokeByOperator(Operator operator, String reason) implements Command {
        @Override
        public TokenAction action() {
            return TokenAction.REVOKE_BY_OPERATOR;
        }
    }

    record TakeOver(
            SerialNumber serial,
            TokenKind kind,
            OtpProfile profile,
            SealedSecret secret,
            CodeState codes,
            Instant expiresAt,
            UserId userId,
            boolean keepsUserId,
            @Nullable MailAddress mailAddress,
            @Nullable SuspensionReason suspended,
            Operator operator)
            implements Command {
        @Override
        public TokenAction action() {
            return TokenAction.TAKE_OVER;
        }

        /** Numbers that were given are not drawn again. */
        @Override
        public Optional<Refusal> refusal(CommitResult result) {
            return switch (result) {
                case SERIAL_TAKEN -> Optional.of(Refusal.SERIAL_TAKEN);
                case USER_ID_TAKEN -> keepsUserId ? Optional.of(Refusal.USER_ID_TAKEN) : Optional.empty();
                default -> Optional.empty();
            };
        }
    }

    record SetPassword(SealedSecret hash) implements Command {
        @Override
        public TokenAction action() {
            return TokenAction.SET_PASSWORD;
        }
    }

    record MakeMailCode(MailCode code) implements Command {
        @Override
        public TokenAction action() {
            return TokenAction.MAKE_MAIL_CODE;
        }
    }

    record RaiseFloor(Instant floor, Operator operator, String reason) implements Command {
        @Override
        public TokenAction action() {
            return TokenAction.RAISE_FLOOR;
        }
    }

    record Erase(Operator operator) implements Command {
        @Override
        public TokenAction action() {
            return TokenAction.ERASE;
        }
    }

    record ResetFactors(Operator operator, String reason) implements Command {
        @Override
        public TokenAction action() {
            return TokenAction.RESET_FACTORS;
        }
    }
}
