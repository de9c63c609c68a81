package dev.watchword.otp.jdbc.faults;

import dev.watchword.otp.lifecycle.Holder;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** A holder as the clients of one process know them, with the phone, once there is one. Safe for use by several threads. */
final class Customer {
    final Holder holder;

    /** {@code null} as long as there is none. */
    final AtomicReference<Phone> phone = new AtomicReference<>();

    /** Whether a client is about to get the holder a phone. */
    final AtomicBoolean enrolling = new AtomicBoolean();

    Customer(Holder holder) {
        this.holder = holder;
    }
}
