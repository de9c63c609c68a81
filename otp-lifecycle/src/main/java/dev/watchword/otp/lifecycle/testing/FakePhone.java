package dev.watchword.otp.lifecycle.testing;

import dev.watchword.otp.Ocra;
import dev.watchword.otp.OcraInput;
import dev.watchword.otp.OcraSuite;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.app.DeviceKey;
import dev.watchword.otp.app.DeviceKeyType;
import dev.watchword.otp.app.SealedRequest;
import dev.watchword.otp.app.TokenContents;
import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.Issued;
import dev.watchword.otp.lifecycle.Provisioned;
import dev.watchword.otp.lifecycle.SoftwareRequest;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.CheckReturnValue;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.RefusedException;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.RegistrationStatus;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.signing.SigningRequest;
import dev.watchword.otp.testing.FakeAuthenticator;
import dev.watchword.otp.testing.FakeClock;
import java.security.SecureRandom;

/**
 * A holder's phone for tests. It is provisioned as a real phone is, and displays codes at the time of a fake clock. It works with
 * policies in which holders confirm operations with codes only, such as {@link TestInstitution#POLICY}.
 */
@CheckReturnValue
public final class FakePhone {
    /** The activation password that {@link #issued} chooses. */
    public static final String ACTIVATION_PASSWORD = "4726";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final DeviceKey device;
    private final TokenContents contents;
    private final FakeAuthenticator authenticator;

    private FakePhone(DeviceKey device, TokenContents contents, FakeClock clock) {
        this.device = device;
        this.contents = contents;
        this.authenticator = new FakeAuthenticator(contents.profile(), contents.secret(), clock);
    }

    /**
     * Issues a token to a holder and provisions a phone with it. The token is pending afterwards.
     *
     * @param tokens the operations of the institution's holders
     * @param holder a holder without a token
     * @param clock the clock of the institution
     * @return the phone
     * @throws RefusedException if an operation is refused
     */
    public static FakePhone issued(TokenService tokens, Holder holder, FakeClock clock) {
        SoftwareRequest request = SoftwareRequest.of("holder@bank.example", ACTIVATION_PASSWORD);
        Issued issued = tokens.issueSoftware(holder, request, Confirmation.NONE).orElseThrow();
        return provisioned(tokens, issued.userId(), ACTIVATION_PASSWORD, clock);
    }

    /**
     * Provisions a phone.
     *
     * @param tokens the operations of the institution's holders
     * @param userId the entered user ID
     * @param activationPassword the entered activation password
     * @param clock the clock of the institution
     * @return the phone
     * @throws RefusedException if the operation is refused
     */
    public static FakePhone provisioned(
            TokenService tokens, UserId userId, String activationPassword, FakeClock clock) {
        DeviceKey key = DeviceKey.generate(DeviceKeyType.P256, RANDOM);
        Provisioned provisioned = tokens.provision(userId.value(), activationPassword, key.publicKey())
                .orElseThrow();
        String serviceId = provisioned.registration().serviceId().value();
        TokenContents contents =
                key.open(provisioned.sealedAnswer(), serviceId, userId.value()).orElseThrow();
        return new FakePhone(key, contents, clock);
    }

    /**
     * Issues a token to a holder, provisions a phone with it and activates it. Moves the clock to the next time step, whose code is not
     * spent.
     *
     * @param tokens the operations of the institution's holders
     * @param holder a holder without a token
     * @param clock the clock of the institution
     * @return the phone
     * @throws RefusedException if an operation is refused
     */
    public static FakePhone active(TokenService tokens, Holder holder, FakeClock clock) {
        FakePhone phone = issued(tokens, holder, clock);
        Registration registration = tokens.activateSoftware(holder, Confirmation.NONE.code(phone.code()))
                .orElseThrow();
        clock.toNextStep(phone.contents.profile());
        return requireActive(phone, registration);
    }

    private static FakePhone requireActive(FakePhone phone, Registration registration) {
        if (registration.status() != RegistrationStatus.ACTIVE) {
            throw new AssertionError("The token must be active, but the status is " + registration.status());
        }
        return phone;
    }

    /** {@return the contents of the token that the phone received} */
    public TokenContents contents() {
        return contents;
    }

    /** {@return the secret that the phone received} */
    public OtpSecret secret() {
        return contents.secret();
    }

    /** {@return the authenticator that displays the codes, for instance to set its drift} */
    public FakeAuthenticator authenticator() {
        return authenticator;
    }

    /**
     * Opens a signing request as the app does.
     *
     * @param request the request that the institution sealed for this phone
     * @return the request with the details that the app shows
     * @throws AssertionError if the request does not open, because it was sealed for another device or was changed
     */
    public SigningRequest open(SealedRequest request) {
        return device.open(request, contents)
                .orElseThrow(() -> new AssertionError("The request must open on this phone"));
    }

    /**
     * Approves a signing request.
     *
     * @param request the request that the institution sealed for this phone
     * @return the response that the app sends to the institution
     * @throws AssertionError if the request does not open
     */
    public String approve(SealedRequest request) {
        OcraSuite suite = contents.signingSuite().orElseThrow();
        OtpSecret secret = contents.signingSecret().orElseThrow();
        return Ocra.of(suite, secret).generate(OcraInput.of(open(request).challenge(suite)));
    }

    /** {@return the code that the phone displays now} */
    public String code() {
        return authenticator.code();
    }

    /** {@return a wrong code, as {@link FakeAuthenticator#wrongCode()} does} */
    public String wrongCode() {
        return authenticator.wrongCode();
    }

    /**
     * Returns one of many wrong codes.
     *
     * @param number the number of the wrong code
     * @return a wrong code, as {@link FakeAuthenticator#wrongCode(int)} does
     */
    public String wrongCode(int number) {
        return authenticator.wrongCode(number);
    }
}
