package dev.watchword.otp.jdbc.faults;

import dev.watchword.otp.app.DeviceKey;
import dev.watchword.otp.app.DeviceKeyType;
import dev.watchword.otp.app.TokenContents;
import dev.watchword.otp.jdbc.faults.Request.Kind;
import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.EmergencyCodes;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.Issued;
import dev.watchword.otp.lifecycle.Provisioned;
import dev.watchword.otp.lifecycle.RequestedSignature;
import dev.watchword.otp.lifecycle.SoftwareRequest;
import dev.watchword.otp.lifecycle.TokenService;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.LostRaceException;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.PendingInfo;
import dev.watchword.otp.lifecycle.model.Registration;
import dev.watchword.otp.lifecycle.model.SecretText;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.StorageException;
import dev.watchword.otp.lifecycle.model.TokenInfo;
import dev.watchword.otp.lifecycle.model.UnknownOutcomeException;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.signing.TransactionDetails;
import dev.watchword.otp.testing.FakeClock;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sends one request at a time to the service. Records the request before the call, and the answer after it. */
final class Teller {
    private static final String PASSWORD = "4726";
    private static final SoftwareRequest SOFTWARE = SoftwareRequest.of("holder@bank.example", PASSWORD);
    private static final TransactionDetails TRANSFER = TransactionDetails.of("payee", "0123456");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Institution bank;
    private final TokenService tokens;
    private final FakeClock clock;
    private final Diary diary;

    Teller(Institution bank, FakeClock clock, Diary diary) {
        this.bank = bank;
        tokens = bank.tokens();
        this.clock = clock;
        this.diary = diary;
    }

    /** Returns the outcome, or {@code null} if the store failed. */
    private <T> @Nullable Outcome<T> ask(Request request, Supplier<Outcome<T>> operation, Function<T, Answer> done) {
        Outcome<T> outcome;
        try {
            outcome = operation.get();
        } catch (StorageException | LostRaceException e) {
            diary.told(request, Answer.FAILED);
            return null;
        } catch (UnknownOutcomeException e) {
            diary.told(request, Answer.UNKNOWN);
            return null;
        }
        diary.told(request, outcome.fold(done, refused -> Answer.refused(refused.refusal())));
        return outcome;
    }

    /** Returns an outcome without details. */
    private @Nullable Outcome<Registration> ask(Request request, Supplier<Outcome<Registration>> operation) {
        return ask(request, operation, registration -> Answer.DONE);
    }

    private static SerialNumber serial(Registration registration) {
        PendingInfo waiting = registration.pending();
        TokenInfo token = waiting == null ? null : waiting.token();
        if (token == null) {
            throw new IllegalStateException("What was issued must wait: " + registration);
        }
        return token.serial();
    }

    /** Submits the code of a step, or a wrong one. */
    @Nullable
    Outcome<Registration> verify(Customer customer, Phone phone, long step) {
        Request request = diary.ask(Kind.VERIFY, customer.holder, phone.serial, step);
        String code = code(phone, step);
        return noted(phone, step, ask(request, () -> tokens.verify(customer.holder, code, request.purpose())));
    }

    @Nullable
    Outcome<Registration> activate(Customer customer, Phone phone, long step) {
        Request request = diary.ask(Kind.ACTIVATE, customer.holder, phone.serial, step);
        Confirmation code = Confirmation.NONE.code(code(phone, step));
        return noted(phone, step, ask(request, () -> tokens.activateSoftware(customer.holder, code)));
    }

    @Nullable
    Outcome<Registration> revoke(Customer customer, Phone phone, long step) {
        Request request = diary.ask(Kind.REVOKE, customer.holder, phone.serial, step);
        Confirmation code = Confirmation.NONE.code(code(phone, step));
        return ask(request, () -> tokens.revoke(customer.holder, code));
    }

    /** Asks for the signature of a transaction, and keeps the request on the phone. */
    void askToSign(Customer customer, Phone phone) {
        // the token in use signs, and another client may have replaced the phone
        Request request = diary.ask(Kind.ASK_TO_SIGN, customer.holder, null, Request.NO_STEP);
        Outcome<RequestedSignature> outcome = ask(
                request,
                () -> tokens.requestSignature(customer.holder, request.purpose(), TRANSFER),
                requested -> Answer.DONE);
        if (outcome != null && outcome.isAccepted()) {
            phone.toSign.addLast(outcome.orElseThrow());
        }
    }

    /** Confirms the transaction of a request that other clients can confirm too, or enters a wrong response. */
    @Nullable
    Outcome<Registration> sign(Customer customer, Phone phone, RequestedSignature requested, boolean isRight) {
        String response = phone.sign(requested);
        String entered = isRight ? response : response.startsWith("0") ? "11111111" : "00000000";
        Request request = diary.ask(Kind.SIGN, customer.holder, phone.serial, Request.NO_STEP);
        return ask(request, () -> tokens.confirm(customer.holder, requested.id(), TRANSFER, entered));
    }

    /** Withdraws a request that clients can confirm or withdraw too. */
    void withdraw(Customer customer, RequestedSignature requested) {
        Request request = diary.ask(Kind.WITHDRAW, customer.holder, null, Request.NO_STEP);
        ask(request, () -> bank.desk(request.operator()).withdrawRequest(customer.holder, requested.id(), "cancelled"));
    }

    private static String code(Phone phone, long step) {
        return step == Request.NO_STEP ? phone.wrongCode() : phone.code(step);
    }

    private static @Nullable Outcome<Registration> noted(
            Phone phone, long step, @Nullable Outcome<Registration> outcome) {
        if (outcome != null && outcome.isAccepted()) {
            phone.accepted.add(step);
        }
        return outcome;
    }

    /** Issues a token and provisions a phone with it. Returns {@code null} if another client interfered. */
    @Nullable
    Phone issue(Holder holder) {
        Request issue = diary.ask(Kind.ISSUE, holder, null, Request.NO_STEP);
        Outcome<Issued> outcome = ask(
                issue,
                () -> tokens.issueSoftware(holder, SOFTWARE, Confirmation.NONE),
                issued -> Answer.issued(serial(issued.registration())));
        return outcome == null || !outcome.isAccepted()
                ? null
                : provision(holder, outcome.orElseThrow().userId());
    }

    /** An app names no token. It gets the token that is pending at that time. */
    private @Nullable Phone provision(Holder holder, UserId userId) {
        DeviceKey key = DeviceKey.generate(DeviceKeyType.P256, RANDOM);
        Request provision = diary.ask(Kind.PROVISION, holder, null, Request.NO_STEP);
        Outcome<Provisioned> outcome = ask(
                provision,
                () -> tokens.provision(userId.value(), PASSWORD, key.publicKey()),
                provisioned -> Answer.issued(serial(provisioned.registration())));
        if (outcome == null || !outcome.isAccepted()) {
            return null;
        }
        Provisioned provisioned = outcome.orElseThrow();
        String serviceId = provisioned.registration().serviceId().value();
        TokenContents contents =
                key.open(provisioned.sealedAnswer(), serviceId, userId.value()).orElseThrow();
        diary.phone(new SerialNumber(contents.serial()), contents.secret());
        return new Phone(key, contents, clock);
    }

    /** An operator issues emergency codes, which replace those of the customer. */
    void issueEmergencyCodes(Customer customer) {
        Request request = diary.ask(Kind.ISSUE_EMERGENCY_CODES, customer.holder, null, Request.NO_STEP);
        Outcome<EmergencyCodes> outcome = ask(
                request,
                () -> bank.desk(request.operator()).issueEmergencyCodes(customer.holder, "the phone is at home"),
                issued -> Answer.DONE);
        if (outcome != null && outcome.isAccepted()) {
            List<EmergencyCode> codes = new ArrayList<>();
            for (SecretText text : outcome.orElseThrow().codes()) {
                codes.add(new EmergencyCode(EmergencyCode.number(request.id(), codes.size()), text.exposeText()));
            }
            codes.forEach(diary::emergencyCode);
            customer.emergencyCodes = List.copyOf(codes);
        }
    }

    /** Logs in with an emergency code that other clients can use too, or with a wrong one. */
    @Nullable
    Outcome<Registration> useEmergencyCode(Customer customer, @Nullable EmergencyCode code) {
        long number = code == null ? Request.NO_STEP : code.number();
        String text = code == null ? EmergencyCode.WRONG : code.text();
        Request request = diary.ask(Kind.USE_EMERGENCY_CODE, customer.holder, null, number);
        return ask(request, () -> bank.from(request.origin()).tokens().useEmergencyCode(customer.holder, text));
    }

    void dismiss(Holder holder) {
        Request request = diary.ask(Kind.DISMISS, holder, null, Request.NO_STEP);
        ask(request, () -> bank.desk(request.operator()).revoke(holder, "the phone was lost"));
    }

    void resume(Holder holder) {
        Request request = diary.ask(Kind.RESUME, holder, null, Request.NO_STEP);
        ask(request, () -> bank.desk(request.operator()).resume(holder, "the holder called"));
    }
}
