package dev.watchword.otp.lifecycle.internal.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.watchword.otp.lifecycle.model.DeliveryError;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R9.5")
@Tag("R10.2")
class ErrorTextTest {
    private static @Nullable String message(@Nullable String of) {
        return ErrorText.of(new IllegalStateException(of)).message();
    }

    @Test
    void namesTheClass() {
        assertEquals(
                new DeliveryError("java.lang.IllegalStateException", "the mail server is down"),
                ErrorText.of(new IllegalStateException("the mail server is down")));
    }

    @Test
    void masksAddressesNumbersAndLongWords() {
        assertEquals("550 [address] unknown", message("550 <taro@bank.example> unknown"));
        assertEquals("code #### is wrong, ####", message("code 12345678 is wrong, \u0661\u0662\u0663\u0664"));
        assertEquals("key [long word] here", message("key MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI= here"));
    }

    @Test
    void isOneBoundedLine() {
        assertEquals("two lines", message("\n two\r\n\tlines \u0000"));
        assertNull(message(null));
        assertNull(message(" \n"));
        assertEquals(
                DeliveryError.MAX_LENGTH,
                String.valueOf(message("ab ".repeat(10_000))).length());
    }

    @Test
    void anExceptionThatCannotDescribeItselfIsNamed() {
        RuntimeException broken = new RuntimeException() {
            private static final long serialVersionUID = 1;

            @Override
            public String getMessage() {
                throw new IllegalStateException("no message");
            }
        };

        assertNull(ErrorText.of(broken).message());
    }
}
