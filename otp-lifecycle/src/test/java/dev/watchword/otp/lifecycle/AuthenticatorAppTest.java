package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.watchword.otp.OtpauthUri;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.app.DeviceKey;
import dev.watchword.otp.app.TokenContents;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeAuthenticator;
import java.security.SecureRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Standard authenticator apps read a URI, so the server opens the sealed answer itself. */
class AuthenticatorAppTest extends InstitutionFixture {

    @Test
    @Tag("R1.1")
    @Tag("R4.3")
    void receivesItsSecretInAUri() {
        follow(TokenPolicy.AUTHENTICATOR_APP.withHashing(TestInstitution.FAST_HASHING));
        DeviceKey own = DeviceKey.generate(new SecureRandom());
        Issued issued = tokens.issueSoftware(TARO, SoftwareRequest.of("taro@example.com", null), Confirmation.NONE)
                .orElseThrow();
        Provisioned provisioned = tokens.provision(
                        issued.userId().value(),
                        requireNonNull(issued.activationPassword()).exposeText(),
                        own.publicKey())
                .orElseThrow();
        TokenContents contents = own.open(
                        provisioned.sealedAnswer(),
                        TestInstitution.SERVICE_ID.value(),
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
