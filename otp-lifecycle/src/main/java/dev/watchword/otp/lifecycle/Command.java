package dev.watchword.otp.lifecycle;

import dev.watchword.otp.Verification;
import dev.watchword.otp.lifecycle.spi.StockedFob;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is asked of an enrolment, with the evidence that was taken for it: what the codes showed, never a secret. */
sealed interface Command {
    TokenAction action();

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
