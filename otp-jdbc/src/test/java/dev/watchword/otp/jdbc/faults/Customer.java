package dev.watchword.otp.jdbc.faults;

import dev.watchword.otp.lifecycle.model.Holder;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** A holder and the holder's phone, as the clients of one process see them. Safe for use by several threads. */
final class Customer {
    final Holder holder;

    /** {@code null} until the holder has a phone. */
    final AtomicReference<Phone> phone = new AtomicReference<>();

    /** The latest emergency codes, used or unused. */
    volatile List<EmergencyCode> emergencyCodes = List.of();

    /** Whether a client is providing the holder with a phone. */
    final AtomicBoolean enrolling = new AtomicBoolean();

    Customer(Holder holder) {
        this.holder = holder;
    }
}
