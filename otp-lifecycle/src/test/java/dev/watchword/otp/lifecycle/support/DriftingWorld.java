package dev.watchword.otp.lifecycle.support;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.Totp;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.OperatorDesk;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.CodeState;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Operator;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.model.TokenKind;
import dev.watchword.otp.lifecycle.policy.LockPolicy;
import dev.watchword.otp.lifecycle.seeds.ForeignToken;
import dev.watchword.otp.lifecycle.testing.InMemoryTokenStore;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeClock;
import java.time.Duration;
import java.time.Instant;

/**
 * A token, true time, and a server whose clock can be wrong. Codes go through the real services. Each accepted code is compared
 * with the stored step.
 */
public final class DriftingWorld {
    private static final Holder HOLDER = new Holder("taro");
    private static final SerialNumber SERIAL = new SerialNumber("101199980021");

    private final InMemoryTokenStore store = new InMemoryTokenStore();
    private final TotpProfile profile;
    private final Totp token;
    private final FakeClock server;
    private final Institution bank;
    private final TokenService tokens;
    private Instant now;
    private Duration serverError = Duration.ZERO;

    public DriftingWorld(DriftCase given) {
        profile = given.profile();
        OtpSecret secret = secret(profile);
        token = Totp.of(profile, secret);
        now = given.start();
        server = FakeClock.at(now);
        bank = TestInstitution.builder(store, server)
                .policy(TestInstitution.POLICY
                        .withCodes(given.policy())
                        .withLock(LockPolicy.builder()
                                .failureLimit(LockPolicy.MAX_FAILURES)
                                .failureCeiling(LockPolicy.MAX_FAILURES)
                                .build()))
                .build();
        tokens = bank.tokens();
        if (given.hardware()) {
            send(secret);
        } else {
            takeOver(secret);
        }
    }

    /** The bytes are arbitrary, and the same in each run, so that a case can be repeated. */
    private static OtpSecret secret(TotpProfile profile) {
        byte[] bytes = new byte[profile.algorithm().hashLength()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (31 * i + 7);
        }
        return OtpSecret.copyOf(bytes);
    }

    private void send(OtpSecret secret) {
        BatchId batch = new BatchId("one");
        StockedTokens.stock(
                store,
                StockedTokens.of(batch, SERIAL, profile, now.plus(Duration.ofDays(10_000)), CodeState.NEW, secret));
        OperatorDesk desk = bank.desk(new Operator("helpdesk-7"));
        assertTrue(tokens.orderHardware(HOLDER, Confirmation.NONE).isAccepted());
        assertTrue(desk.assign(HOLDER, SERIAL.value()).isAccepted());
        assertTrue(desk.send(HOLDER).isAccepted());
    }

    private void takeOver(OtpSecret secret) {
        ForeignToken foreign = ForeignToken.builder()
                .holder(HOLDER)
                .kind(TokenKind.SOFTWARE)
                .serial(SERIAL)
                .secret(secret)
                .profile(profile)
                .codes(new CodeState(step() - 1_000, 0))
                .expiresAt(now.plus(Duration.ofDays(10_000)))
                .build();
        assertTrue(bank.migration(new Operator("helpdesk-7")).takeOver(foreign).isAccepted());
    }

    /** Lets time pass. */
    public void advance(Duration time) {
        now = now.plus(time);
        server.set(now.plus(serverError));
    }

    /** Lets time pass until a step begins, and then a share of the step. */
    public void advanceTo(long step, double share) {
        Instant then = profile.startOf(step)
                .plus(Duration.ofMillis((long) (share * profile.timeStep().toMillis())));
        advance(Duration.between(now, then));
    }

    /** Sets how far the server's clock is ahead of true time. */
    public void serverError(Duration error) {
        serverError = error;
        advance(Duration.ZERO);
    }

    public Duration serverError() {
        return serverError;
    }

    /** Returns the step of true time, whose code a right token displays. */
    public long step() {
        return profile.stepAt(now);
    }

    /** Returns the step of the server's clock. */
    public long serverStep() {
        return profile.stepAt(server.instant());
    }

    private String code(long step) {
        return token.generate(profile.startOf(step));
    }

    /** Activates the hardware token with the code of a step. Returns whether the code was accepted. */
    public boolean activate(long step) {
        boolean accepted = tokens.activateHardware(HOLDER, SERIAL.value(), Confirmation.NONE.code(code(step)))
                .isAccepted();
        return recorded(accepted, step);
    }

    /** Enters the code of a step. Returns whether it was accepted. */
    public boolean login(long step) {
        return recorded(tokens.verify(HOLDER, code(step), Purpose.LOGIN).isAccepted(), step);
    }

    /** Enters the code of a step and the next one. Returns whether they were accepted. */
    public boolean resynchronise(long step) {
        return recorded(tokens.resynchronise(HOLDER, code(step), code(step + 1)).isAccepted(), step + 1);
    }

    /** The service may find an equal code of another step of its windows. */
    private boolean recorded(boolean accepted, long step) {
        if (accepted) {
            assertEquals(code(step), code(lastStep()), "the stored step must have the accepted code");
        }
        return accepted;
    }

    private CodeState codes() {
        Token used =
                store.find(TestInstitution.SERVICE_ID, HOLDER).orElseThrow().activeToken();
        return requireNonNull(used, "token in use").codes();
    }

    /** Returns the last accepted step. */
    public long lastStep() {
        return codes().lastStep();
    }

    /** Returns the learned drift. */
    public int learnedDrift() {
        return codes().drift();
    }
}
