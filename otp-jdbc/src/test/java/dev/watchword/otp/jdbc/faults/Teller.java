package dev.watchword.otp.jdbc.faults;

import dev.watchword.otp.app.DeviceKey;
import dev.watchword.otp.app.DeviceKeyType;
import dev.watchword.otp.app.TokenContents;
import dev.watchword.otp.jdbc.faults.Request.Kind;
import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.Holder;
import dev.watchword.otp.lifecycle.Issued;
import dev.watchword.otp.lifecycle.NotProvisioned;
import dev.watchword.otp.lifecycle.Provisioned;
import dev.watchword.otp.lifecycle.Refused;
import dev.watchword.otp.lifecycle.Registration;
import dev.watchword.otp.lifecycle.SerialNumber;
import dev.watchword.otp.lifecycle.SoftwareRequest;
import dev.watchword.otp.lifecycle.StorageException;
import dev.watchword.otp.lifecycle.TokenInfo;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.UserId;
import dev.watchword.otp.lifecycle.WaitingInfo;
import dev.watchword.otp.testing.FakeClock;
import java.security.SecureRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asks the service for one thing at a time, and writes down before what is asked, and after what was told. */
final class Teller {
    private static final String PASSWORD = "4726";
    private static final SoftwareRequest SOFTWARE = SoftwareRequest.of("holder@bank.example", PASSWORD);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final TokenService tokens;
    private final FakeClock clock;
    private final Diary diary;

    Teller(TokenService tokens, FakeClock clock, Diary diary) {
        this.tokens = tokens;
        this.clock = clock;
        this.diary = diary;
    }

    /** The outcome; {@code null} if nobody knows. */
    private <T> @Nullable T ask(Request request, Supplier<T> operation, Function<T, Answer> answer) {
        T outcome;
        try {
            outcome = operation.get();
        } catch (StorageException e) {
            diary.told(request, Answer.UNKNOWN);
            return null;
        }
        diary.told(request, answer.apply(outcome));
        return outcome;
    }

    private static Answer answer(Object outcome) {
        if (outcome instanceof Refused refused) {
            return Answer.refused(refused.refusal());
        }
        if (outcome instanceof NotProvisioned refused) {
            return Answer.refused(refused.refusal());
        }
        if (outcome instanceof Issued issued) {
            return Answer.issued(serial(issued.registration()));
        }
        return outcome instanceof Provisioned provisioned
                ? Answer.issued(serial(provisioned.registration()))
                : Answer.DONE;
    }

    private static SerialNumber serial(Registration registration) {
        WaitingInfo waiting = registration.waiting();
        TokenInfo token = waiting == null ? null : waiting.token();
        if (token == null) {
            throw new IllegalStateException("What was issued must wait: " + registration);
        }
        return token.serial();
    }

    /** Submits the code of a step, or a wrong one. */
    @Nullable
    Object verify(Customer customer, Phone phone, long step) {
        Request request = diary.ask(Kind.VERIFY, customer.holder, phone.serial, step);
        String code = code(phone, step);
        return noted(
                phone, step, ask(request, () -> tokens.verify(customer.holder, code, request.purpose()), answer()));
    }

    @Nullable
    Object activate(Customer customer, Phone phone, long step) {
        Request request = diary.ask(Kind.ACTIVATE, customer.holder, phone.serial, step);
        Confirmation code = Confirmation.NONE.code(code(phone, step));
        return noted(phone, step, ask(request, () -> tokens.activateSoftware(customer.holder, code), answer()));
    }

    @Nullable
    Object revoke(Customer customer, Phone phone, long step) {
        Request request = diary.ask(Kind.REVOKE, customer.holder, phone.serial, step);
        Confirmation code = Confirmation.NONE.code(code(phone, step));
        return ask(request, () -> tokens.revoke(customer.holder, code), answer());
    }

    private static Function<Object, Answer> answer() {
        return Teller::answer;
    }

    private static String code(Phone phone, long step) {
        return step == Request.NO_STEP ? phone.wrongCode() : phone.code(step);
    }

    private static @Nullable Object noted(Phone phone, long step, @Nullable Object outcome) {
        if (outcome != null && answer(outcome).isDone()) {
            phone.accepted.add(step);
        }
        return outcome;
    }

    /** Issues a token and provisions a phone with it; {@code null} if something came between. */
    @Nullable
    Phone issue(Holder holder) {
        Request issue = diary.ask(Kind.ISSUE, holder, null, Request.NO_STEP);
        Object issued = ask(issue, () -> tokens.issueSoftware(holder, SOFTWARE, Confirmation.NONE), answer());
        return issued instanceof Issued done ? provision(holder, done.userId()) : null;
    }

    /** An app names no token: it gets the one that waits then. */
    private @Nullable Phone provision(Holder holder, UserId userId) {
        DeviceKey key = DeviceKey.generate(DeviceKeyType.P256, RANDOM);
        Request provision = diary.ask(Kind.PROVISION, holder, null, Request.NO_STEP);
        Object outcome = ask(provision, () -> tokens.provision(userId, PASSWORD, key.publicKey()), answer());
        if (!(outcome instanceof Provisioned provisioned)) {
            return null;
        }
        String serviceId = provisioned.registration().serviceId().value();
        TokenContents contents =
                key.open(provisioned.sealedAnswer(), serviceId, userId.value()).orElseThrow();
        SerialNumber received = new SerialNumber(contents.serial());
        diary.phone(received, contents.secret());
        return new Phone(received, contents.secret(), clock);
    }

    void dismiss(Holder holder) {
        Request request = diary.ask(Kind.DISMISS, holder, null, Request.NO_STEP);
        ask(request, () -> tokens.desk(request.operator()).revoke(holder, "the phone was lost"), answer());
    }

    void resume(Holder holder) {
        Request request = diary.ask(Kind.RESUME, holder, null, Request.NO_STEP);
        ask(request, () -> tokens.desk(request.operator()).resume(holder, "the holder called"), answer());
    }
}
