package dev.watchword.otp.lifecycle.testing;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.app.DevicePublicKey;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.model.TokenState;
import dev.watchword.otp.lifecycle.spi.DeviceStore;
import dev.watchword.otp.lifecycle.spi.EnrolmentChange;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The keys of devices of a {@link Saboteur}. */
final class DeviceSaboteur implements DeviceStore {
    private record Key(String serviceId, String holder, String serial) {}

    private final SaboteurTables tables;
    private final Map<Key, DevicePublicKey> keys = new HashMap<>();

    DeviceSaboteur(SaboteurTables tables) {
        this.tables = tables;
    }

    private Key key(ServiceId serviceId, Holder holder, SerialNumber serial) {
        return new Key(
                tables.has(Flaw.MIXES_DEVICES_OF_INSTITUTIONS) ? "all" : serviceId.value(),
                tables.has(Flaw.MIXES_DEVICES_OF_HOLDERS) ? "all" : holder.value(),
                tables.has(Flaw.MIXES_DEVICES_OF_TOKENS) ? "all" : serial.value());
    }

    @Override
    public Optional<DevicePublicKey> device(ServiceId serviceId, Holder holder, SerialNumber serial) {
        synchronized (tables.lock) {
            return Optional.ofNullable(keys.get(key(serviceId, holder, serial)));
        }
    }

    void write(EnrolmentChange change) {
        ServiceId serviceId = change.after().serviceId();
        Holder holder = change.after().holder();
        for (Token token : change.changedTokens()) {
            boolean isEnded = change.ended().contains(token);
            boolean keeps =
                    tables.has(isEnded ? Flaw.KEEPS_DEVICES_OF_ENDED_TOKENS : Flaw.KEEPS_DEVICES_OF_REVOKED_TOKENS);
            if (token.state() == TokenState.REVOKED && !keeps) {
                keys.remove(key(serviceId, holder, token.serial()));
            }
        }
        DevicePublicKey device = change.device();
        if (device != null && !tables.has(Flaw.FORGETS_DEVICES)) {
            Key key = key(
                    serviceId,
                    holder,
                    requireNonNull(change.after().pendingToken()).serial());
            if (tables.has(Flaw.KEEPS_THE_FIRST_DEVICE)) {
                keys.putIfAbsent(key, device);
            } else {
                keys.put(key, device);
            }
        }
    }
}
