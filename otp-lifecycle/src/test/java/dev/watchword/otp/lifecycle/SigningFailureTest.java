package dev.watchword.otp.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.watchword.otp.OcraSuite;
import dev.watchword.otp.lifecycle.model.CanIgnoreReturnValue;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.IntegrityException;
import dev.watchword.otp.lifecycle.model.LostRaceException;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.StorageException;
import dev.watchword.otp.lifecycle.policy.SigningPolicy;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import dev.watchword.otp.lifecycle.spi.DeviceStore;
import dev.watchword.otp.lifecycle.support.ForwardingStore;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.signing.TransactionDetails;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A failure while the key of a device is read. The caller does not know the request's ID then, so nothing must be committed. */
class SigningFailureTest extends InstitutionFixture {
    private static final OcraSuite KEYPAD = OcraSuite.parse("OCRA-1:HOTP-SHA1-8:C-QN08");

    @CanIgnoreReturnValue
    private Throwable failure(Class<? extends Throwable> type, DeviceStore devices) {
        ForwardingStore around = new ForwardingStore(store) {
            @Override
            public <C> Optional<C> capability(Class<C> part) {
                return part == DeviceStore.class ? Optional.of(part.cast(devices)) : super.capability(part);
            }
        };
        TokenService failing = TestInstitution.builder(around, clock)
                .policy(TestInstitution.POLICY)
                .build()
                .tokens();
        Throwable failure = assertThrows(
                type,
                () -> failing.requestSignature(TARO, Purpose.FUNDS_TRANSFER, TransactionDetails.of("amount", "1")));
        assertEquals(
                List.of(),
                store.find(TestInstitution.SERVICE_ID, TARO).orElseThrow().requests());
        return failure;
    }

    /** Returns an institution whose store keeps no keys of devices. */
    private TokenService withoutDevices(TokenPolicy policy) {
        ForwardingStore around = new ForwardingStore(store) {
            @Override
            public <C> Optional<C> capability(Class<C> part) {
                return part == DeviceStore.class ? Optional.empty() : super.capability(part);
            }
        };
        return TestInstitution.builder(around, clock).policy(policy).build().tokens();
    }

    @Test
    @Tag("R13.4")
    void appsDoNotSignWithoutAStoreOfTheirKeys() {
        activateKeypad(TARO, SERIAL, KEYPAD);
        TokenService signs = withoutDevices(TestInstitution.POLICY);

        for (Holder holder : List.of(TARO, HANAKO)) {
            assertThrows(
                    UnsupportedOperationException.class,
                    () -> signs.requestSignature(holder, Purpose.FUNDS_TRANSFER, TransactionDetails.of("amount", "1")));
        }
    }

    @Test
    @Tag("R13.2")
    void aKeypadSignsWithoutAStoreOfDeviceKeysIfNoAppSigns() {
        activateKeypad(TARO, SERIAL, KEYPAD);
        TokenService signs = withoutDevices(TestInstitution.POLICY.withSigning(
                SigningPolicy.BANK.toBuilder().appSuite(null).build()));

        assertAccepted(signs.requestSignature(TARO, Purpose.FUNDS_TRANSFER, TransactionDetails.of("amount", "1")));
    }

    @Test
    @Tag("R13.2")
    void aFailedReadCommitsNothing() {
        activate(TARO);
        StorageException broken = new StorageException("the network is down", null);

        assertEquals(broken, failure(StorageException.class, (service, holder, serial) -> {
            throw broken;
        }));
    }

    @Test
    @Tag("R13.2")
    @Tag("R13.4")
    void aMissingKeyCommitsNothing() {
        activate(TARO);

        failure(IntegrityException.class, (service, holder, serial) -> Optional.empty());
    }

    @Test
    @Tag("R13.2")
    void aTokenThatIsReplacedMeanwhileSignsNothing() {
        activate(TARO);
        DeviceStore stored = store;

        failure(LostRaceException.class, (service, holder, serial) -> {
            var key = stored.device(service, holder, serial);
            assertAccepted(desk.revoke(TARO, "left"));
            clock.advance(Duration.ofDays(1));
            activate(TARO);
            return key;
        });
    }
}
