package dev.watchword.otp.lifecycle.internal.sealing;

import dev.watchword.otp.lifecycle.model.KeyCheck;
import dev.watchword.otp.lifecycle.model.KeyState;
import dev.watchword.otp.lifecycle.model.KeyUse;
import dev.watchword.otp.lifecycle.model.SealedSecret;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.spi.KeySource;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.SecretKey;

/**
 * Computes and compares the check values of keys. A history key has a truncated HMAC over its name. A sealing key has a public
 * text that it encrypted. Both values cover the institution and the name, so a value that is moved to another institution or name
 * does not fit.
 */
public final class KeyChecker {
    private final KeySource keys;
    private final SecretSealer sealer;
    private final HistoryChain chain;

    public KeyChecker(KeySource keys, ServiceId serviceId, SecureRandom random) {
        this.keys = keys;
        sealer = new SecretSealer(keys, serviceId, random);
        chain = new HistoryChain(keys, serviceId);
    }

    /** Returns the name of the current key of a use. */
    public String currentName(KeyUse use) {
        return switch (use) {
            case SEAL -> keys.sealingKeyName();
            case HISTORY -> keys.historyKeyName();
        };
    }

    /** Computes the check value of a key of the source. */
    public KeyCheck compute(KeyUse use, String name) {
        String value = switch (use) {
            case SEAL -> HexFormat.of().formatHex(sealer.sealCheck(name).bytes());
            case HISTORY -> chain.check(name);
        };
        return KeyCheck.of(use, name, value);
    }

    /** Compares the key of the source with its check value. */
    public KeyState compare(KeyCheck check) {
        KeyState found = find(check.use(), check.name());
        if (found != KeyState.RIGHT) {
            return found;
        }
        return fits(check) ? KeyState.RIGHT : KeyState.WRONG;
    }

    private boolean fits(KeyCheck check) {
        return switch (check.use()) {
            case SEAL ->
                sealer.opensCheck(new SealedSecret(check.name(), HexFormat.of().parseHex(check.value())));
            case HISTORY -> HistoryChain.same(check.value(), chain.check(check.name()));
        };
    }

    /** Returns whether a key is missing, not fit for its use (wrong), or neither (right as far as it shows). */
    public KeyState find(KeyUse use, String name) {
        Optional<SecretKey> key = switch (use) {
            case SEAL -> keys.sealingKey(name);
            case HISTORY -> keys.historyKey(name);
        };
        if (key.isEmpty()) {
            return KeyState.MISSING;
        }
        boolean fit = switch (use) {
            case SEAL -> KeySource.isSealingKey(key.get());
            case HISTORY -> KeySource.isHistoryKey(key.get());
        };
        return fit ? KeyState.RIGHT : KeyState.WRONG;
    }
}
