package dev.watchword.otp.lifecycle.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.model.ConsumerName;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.operations.HistoryFault;
import dev.watchword.otp.lifecycle.operations.HistoryFinding;
import dev.watchword.otp.lifecycle.operations.HistoryVerdict;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import dev.watchword.otp.lifecycle.support.ForwardingStore;
import dev.watchword.otp.testing.FakeClock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/** The optional parts of a store: the functions that need them, and the parts that a wrapping store offers. */
class CapabilitiesTest {
    private static final Holder TARO = new Holder("taro");

    private final FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z");
    private final InMemoryTokenStore store = new InMemoryTokenStore();
    private final TokenStore loginOnly = new LoginOnlyStore(store);
    private final Institution bank = TestInstitution.builder(loginOnly, clock).build();

    /** A store with the mandatory part only. */
    private static final class LoginOnlyStore extends ForwardingStore {
        LoginOnlyStore(TokenStore store) {
            super(store);
        }

        @Override
        public <C> Optional<C> capability(Class<C> type) {
            return Optional.empty();
        }
    }

    @TestFactory
    Stream<DynamicTest> aStoreWithoutOptionalPartsKeepsTheMandatoryContract() {
        return TokenStoreContract.mandatory(() -> loginOnly).stream()
                .map(check -> dynamicTest(check.name(), check::run));
    }

    @Test
    void softwareTokensNeedNoOptionalPart() {
        FakePhone phone = FakePhone.active(bank.tokens(), TARO, clock);

        assertTrue(bank.tokens().verify(TARO, phone.code(), Purpose.LOGIN).isAccepted());
        assertEquals(4, bank.histories().read(TARO, 0, 10).size());
    }

    @Test
    @Tag("R9.3")
    void aHistoryVerifiesWithoutAnArchive() {
        FakePhone phone = FakePhone.active(bank.tokens(), TARO, clock);
        assertTrue(bank.tokens().verify(TARO, phone.code(), Purpose.LOGIN).isAccepted());

        assertEquals(HistoryVerdict.of(4, 0, List.of()), bank.histories().verify(TARO));
    }

    @Test
    @Tag("R9.3")
    void eventsThatAnotherStoreArchivedAreMissing() {
        FakePhone phone = FakePhone.active(bank.tokens(), TARO, clock);
        TestInstitution.builder(store, clock)
                .build()
                .histories()
                .archive(Instant.MAX, (holder, events) -> {}, progress -> {});
        assertTrue(bank.tokens().verify(TARO, phone.code(), Purpose.LOGIN).isAccepted());

        assertEquals(
                List.of(HistoryFinding.of(1, HistoryFault.MISSING)),
                bank.histories().verify(TARO).findings());
    }

    @Test
    void aServiceNamesTheCapabilityThatItNeeds() {
        List<Executable> services = List.of(
                bank::stock,
                bank::lists,
                bank::reencryption,
                () -> bank.feed(new ConsumerName("mail")),
                () -> bank.histories().archive(Instant.MAX, (holder, events) -> {}, progress -> {}),
                () -> bank.desk(new Operator("helpdesk-7")).assign(TARO, "101199980021"));
        for (Executable service : services) {
            String message = String.valueOf(
                    assertThrows(UnsupportedOperationException.class, service).getMessage());
            assertTrue(message.matches("The store has no \\w+Store; use a store that offers this capability"), message);
        }
    }

    @Test
    void aWrapperThatForwardsPasses() throws Exception {
        InMemoryTokenStore store = new InMemoryTokenStore();

        TokenStoreContract.forwardsCapabilities(store, new ForwardingStore(store))
                .run();
    }

    @Test
    void aWrapperThatForwardsNothingIsFound() {
        InMemoryTokenStore store = new InMemoryTokenStore();
        Check check = TokenStoreContract.forwardsCapabilities(store, new LoginOnlyStore(store));

        assertThrows(AssertionError.class, check::run);
    }
}
