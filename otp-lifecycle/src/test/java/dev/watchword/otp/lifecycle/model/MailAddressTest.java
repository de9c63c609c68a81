package dev.watchword.otp.lifecycle.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailAddressTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "taro@bank.example",
                "taro.yamada+otp@mail.bank.example",
                "o'hara_!#$%&*/=?^`{|}~-@x",
                "..a..@docomo.example"
            })
    void anAddressIsReadAsItIs(String text) {
        assertEquals(text, MailAddress.parse(text).orElseThrow().value());
        assertEquals(new MailAddress(text), MailAddress.parse(text).orElseThrow());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "taro",
                "@bank.example",
                "taro@",
                "taro@@bank.example",
                "taro@bank..example",
                "taro@bank.example.",
                " taro@bank.example",
                "taro@bank.example\n",
                "taro@bank.example\r\nBcc: eve@evil.example",
                "taro@bank.example,eve@evil.example",
                "太郎@bank.example",
                "taro@銀行.example",
                "\"taro\"@bank.example",
                "Taro <taro@bank.example>"
            })
    void whatIsNoAddressIsNotRead(@Nullable String text) {
        assertEquals(Optional.empty(), MailAddress.parse(text));
        if (text != null) {
            assertThrows(IllegalArgumentException.class, () -> new MailAddress(text));
        }
    }

    @Test
    void addressesAreComparedExactly() {
        assertNotEquals(new MailAddress("taro@bank.example"), new MailAddress("Taro@bank.example"));
    }

    /** An address without {@code value()} is no valid recipient, in any text. */
    @ParameterizedTest
    @Tag("R10.2")
    @ValueSource(strings = {"taro@bank.example", "a@b", "mail@call.value"})
    void aConcatenatedAddressIsNoAddress(String text) {
        MailAddress address = new MailAddress(text);
        for (String concatenated : List.of(
                String.valueOf(address),
                "" + address,
                address + "," + address,
                String.format("%s", address),
                "taro" + address,
                address + "bank.example",
                "taro@" + address,
                address + "@bank.example",
                "Taro <" + address + ">",
                String.join("", List.of(address.toString(), "")))) {
            assertEquals(Optional.empty(), MailAddress.parse(concatenated));
            assertFalse(concatenated.contains(text), concatenated);
        }
    }
}
