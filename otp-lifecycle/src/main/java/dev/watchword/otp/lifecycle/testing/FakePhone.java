package dev.watchword.otp.lifecycle.testing;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.app.DeviceKey;
import dev.watchword.otp.app.DeviceKeyType;
import dev.watchword.otp.app.TokenContents;
import dev.watchword.otp.lifecycle.Accepted;
import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.Holder;
import dev.watchword.otp.lifecycle.IssueOutcome;
import dev.watchword.otp.lifecycle.Issued;
import dev.watchword.otp.lifecycle.Outcome;
import dev.watchword.otp.lifecycle.ProvisionOutcome;
import dev.watchword.otp.lifecycle.Provisioned;
import dev.watchword.otp.lifecycle.SoftwareRequest;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.UserId;
import dev.watchword.otp.testing.FakeAuthenticator;
import dev.watchword.otp.testing.FakeClock;
import java.security.SecureRandom;

/**
 * A holder's phone, for tests: it is provisioned as a real one is, and then shows codes at a fake clock's time. For tests
 * of services whose holders confirm nothing but with codes, such as those of {@link InMemoryTokens}.
 */
public final class FakePhone {
    /** The activation password that {@link #issued} chooses. */
    public static final String ACTIVATION_PASSWORD = "4726";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final TokenContents contents;
    private final FakeAuthenticator authenticator;

    private FakePhone(TokenContents contents, FakeClock clock) {
        this.contents = contents;
        this.authenticator = new FakeAuthenticator(contents.profile(), contents.secret(), clock);
    }

    /**
     * Issues a holder a token, and lets a phone be provisioned with it. It waits for its activation.
     *
     * @param tokens the service
     * @param holder a holder without a token
     * @param clock the clock of the service
     * @return the phone
     * @throws AssertionError if the service refuses
     */
    public static FakePhone issued(TokenService tokens, Holder holder, FakeClock clock) {
        IssueOutcome outcome = tokens.issueSoftware(
                holder, SoftwareRequest.of("holder@bank.example", ACTIVATION_PASSWORD), Confirmation.NONE);
        if (!(outcome instanceof Issued issued)) {
            throw new AssertionError("A token must be issued, but it is " + outcome);
        }
        return provisioned(tokens, issued.userId(), ACTIVATION_PASSWORD, clock);
    }

    /**
     * Lets a phone be provisioned.
     *
     * @param tokens the service
     * @param userId the user ID that is entered
     * @param activationPassword the activation password that is entered
     * @param clock the clock of the service
     * @return the phone
     * @throws AssertionError if the service refuses
     */
    public static FakePhone provisioned(
            TokenService tokens, UserId userId, String activationPassword, FakeClock clock) {
        DeviceKey key = DeviceKey.generate(DeviceKeyType.P256, RANDOM);
        ProvisionOutcome outcome = tokens.provision(userId, activationPassword, key.publicKey());
        if (!(outcome instanceof Provisioned provisioned)) {
            throw new AssertionError("The phone must be provisioned, but it is " + outcome);
        }
        String serviceId = provisioned.registration().serviceId().value();
        return new FakePhone(
                key.open(provisioned.sealedAnswer(), serviceId, userId.value()).orElseThrow(), clock);
    }

    /**
     * Issues a holder a token, lets a phone be provisioned with it, activates it, and moves the clock to the next step,
     * whose code is not spent.
     *
     * @param tokens the service
     * @param holder a holder without a token
     * @param clock the clock of the service
     * @return the phone
     * @throws AssertionError if the service refuses
     */
    public static FakePhone active(TokenService tokens, Holder holder, FakeClock clock) {
        FakePhone phone = issued(tokens, holder, clock);
        Outcome outcome = tokens.activateSoftware(holder, Confirmation.NONE.code(phone.code()));
        if (!(outcome instanceof Accepted)) {
            throw new AssertionError("The token must be activated, but it is " + outcome);
        }
        clock.toNextStep(phone.contents.profile());
        return phone;
    }

    /**
     * Returns what the phone received.
     *
     * @return the contents of the token
     */
    public TokenContents contents() {
        return contents;
    }

    /**
     * Returns the secret that the phone received.
     *
     * @return the secret
     */
    public OtpSecret secret() {
        return contents.secret();
    }

    /**
     * Returns what shows the codes, to set a drift for instance.
     *
     * @return the authenticator
     */
    public FakeAuthenticator authenticator() {
        return authenticator;
    }

    /**
     * Returns the code that is shown now.
     *
     * @return the code
     */
    public String code() {
        return authenticator.code();
    }

    /**
     * Returns a wrong code.
     *
     * @return as {@link FakeAuthenticator#wrongCode()} does
     */
    public String wrongCode() {
        return authenticator.wrongCode();
    }

    /**
     * Returns one of many wrong codes.
     *
     * @param number which
     * @return as {@link FakeAuthenticator#wrongCode(int)} does
     */
    public String wrongCode(int number) {
        return authenticator.wrongCode(number);
    }
}
