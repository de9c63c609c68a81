package dev.watchword.otp.lifecycle.internal.operations;

import static org.junit.jupiter.api.Assertions.assertFalse;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;

class ErrorTextProperties {
    @Property(tries = 2_000)
    @Tag("R9.5")
    @Tag("R10.2")
    void everyMessageCanBeStored(@ForAll String text) {
        String message = ErrorText.of(new IllegalStateException(text)).message();

        assertFalse(String.valueOf(message).contains("@"));
    }
}
