package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.watchword.otp.OtpauthUri;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.app.DeviceKey;
import dev.watchword.otp.app.TokenContents;
import dev.watchword.otp.lifecycle.testing.InMemoryTokens;
import dev.watchword.otp.testing.FakeAuthenticator;
import java.security.SecureRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Apps that know nothing of this library read a URI, for which the server opens the answer by itself. */
class AuthenticatorAppTest extends TokenServiceFixture {

    @Test
    @Tag("R1.1")
    @Tag("R4.3")
    void receivesItsSecretInAUri() {
        follow(TokenPolicy.AUTHENTICATOR_APP.withHashing(HashingPolicy.FOR_TESTS));
        DeviceKey own = DeviceKey.generate(new SecureRandom());
        Issued issued = assertInstanceOf(
                Issued.class,
                tokens.issueSoftware(TARO, SoftwareRequest.of("taro@example.com", null), Confirmation.NONE));
        Provisioned provisioned = assertInstanceOf(
                Provisioned.class,
                tokens.provision(issued.userId(), requireNonNull(issued.activationPassword()), own.publicKey()));
        TokenContents contents = own.open(
                        provisioned.sealedAnswer(),
                        InMemoryTokens.SERVICE_ID.value(),
                        issued.userId().value())
                .orElseThrow();

        OtpauthUri shown =
                new OtpauthUri.ForTotp("Example Credit Union", "taro", contents.secret(), contents.profile());
        OtpauthUri.ForTotp read = (OtpauthUri.ForTotp) OtpauthUri.parse(shown.exposeUri());

        assertEquals(TotpProfile.AUTHENTICATOR_APP, read.profile());
        FakeAuthenticator app = new FakeAuthenticator(read.profile(), read.secret(), clock);
        assertAccepted(tokens.activateSoftware(TARO, code(app.code())));
        assertRefused(Refusal.REPLAYED, login(TARO, app.code()));
        clock.toNextStep(read.profile());
        assertAccepted(login(TARO, app.code()));
    }
}
