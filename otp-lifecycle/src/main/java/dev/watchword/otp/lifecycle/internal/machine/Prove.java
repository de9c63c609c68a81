package dev.watchword.otp.lifecycle.internal.machine;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.OpenProof;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import java.util.Optional;

/**
 * Confirms an operation without carrying it out, and opens a proof for it. The command refuses, charges and consumes as the
 * operation itself does. A new proof replaces the open one.
 *
 * @param proved the operation
 * @param hash the hash of the proof: 64 hexadecimal digits in lower case
 */
public record Prove(Provable proved, String hash) implements Command<Evidence> {
    @Override
    public TokenAction action() {
        return proved.action();
    }

    @Override
    public String word() {
        return "prove-" + action().word();
    }

    @Override
    public Optional<Decision> precondition(Draft draft) {
        return proved.precondition(draft);
    }

    @Override
    public Decision decide(Draft draft, Evidence evidence) {
        Optional<Refusal> refusal = proved.confirm(draft, evidence);
        if (refusal.isPresent()) {
            return draft.refuse(refusal.get());
        }
        SerialNumber serial = ProofRules.serial(draft, action());
        draft.open(OpenProof.builder()
                .hash(hash)
                .operation(proved.operation())
                .serial(serial)
                .expiresAt(draft.now().plus(draft.policy().confirmation().proofLifetime()))
                .build());
        return draft.record(Draft.event(EventType.PROVED)
                        .serial(serial)
                        .purpose(proved.operation().purpose()))
                .accept();
    }
}
