package dev.watchword.otp.lifecycle.internal.machine;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.watchword.otp.OcraVerification;
import dev.watchword.otp.Verification;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.OpenProof;
import dev.watchword.otp.lifecycle.model.Operation;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.model.RequestId;
import dev.watchword.otp.lifecycle.model.RequestReference;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.policy.ConfirmationPolicy;
import dev.watchword.otp.lifecycle.policy.RenewalPolicy;
import dev.watchword.otp.lifecycle.policy.SigningPolicy;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import dev.watchword.otp.lifecycle.policy.TypedDetail;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Runs every command in every condition of an enrolment with every kind of evidence. The file {@code decisions.txt}
 * lists the expected decisions. {@code -Dmachine.write=true} writes the file again; review its diff.
 */
class MachineWalkTest {
    private static final Path LISTING =
            Path.of("src/test/resources/dev/watchword/otp/lifecycle/internal/machine/decisions.txt");

    private static final String HASH = "ab".repeat(32);

    private static final RequestId UNKNOWN = new RequestId("00".repeat(16));

    /** The policies of the walk: the bank's, with renewal of both kinds, and one without confirmation. */
    private static final Map<String, TokenPolicy> POLICIES = Map.of(
            "bank",
                    TokenPolicy.BANK
                            .withRenewal(RenewalPolicy.ALL_KINDS)
                            .withSigning(SigningPolicy.BANK.toBuilder()
                                    .typedDetail(TypedDetail.of("payee", 7))
                                    .build()),
            "codes only",
                    TokenPolicy.BANK
                            .withRenewal(RenewalPolicy.ALL_KINDS)
                            .withConfirmation(ConfirmationPolicy.BY_APPLICATION)
                            .withSigning(SigningPolicy.NONE.toBuilder()
                                    .plainCodes(true)
                                    .build()));

    private record Kind(String words, Asked<?> asked, UnaryOperator<Enrolment> before) {
        Kind(String words, Asked<?> asked) {
            this(words, asked, enrolment -> enrolment);
        }
    }

    @Test
    @Tag("R2.1")
    @Tag("R2.2")
    @Tag("R2.5")
    @Tag("R8.1")
    void decidesAsListed() throws IOException {
        String walked =
                POLICIES.keySet().stream().sorted().map(MachineWalkTest::walk).collect(Collectors.joining("\n"));
        if (Boolean.getBoolean("machine.write")) {
            Files.createDirectories(LISTING.getParent());
            Files.writeString(LISTING, walked, StandardCharsets.UTF_8);
        }

        assertEquals(Files.readString(LISTING, StandardCharsets.UTF_8), walked);
    }

    @Test
    void walksOverEveryCommand() {
        Set<String> walked = new TreeSet<>();
        for (Condition condition : Condition.values()) {
            for (Kind kind : kinds(condition)) {
                walked.add(kind.asked().command().getClass().getSimpleName());
            }
        }

        assertEquals(
                Arrays.stream(Command.class.getPermittedSubclasses())
                        .map(Class::getSimpleName)
                        .collect(Collectors.toCollection(TreeSet::new)),
                walked);
    }

    /** Lists, for each kind of command and evidence, the decisions with the conditions that lead to them. */
    private static String walk(String policy) {
        TokenMachine machine = new TokenMachine(requireNonNull(POLICIES.get(policy)));
        Map<String, Map<String, List<Condition>>> decisions = new LinkedHashMap<>();
        for (Condition condition : Condition.values()) {
            for (Kind kind : kinds(condition)) {
                Decision decision =
                        kind.asked().decide(machine, kind.before().apply(condition.enrolment()), Condition.NOW);
                decisions
                        .computeIfAbsent(kind.words(), words -> new LinkedHashMap<>())
                        .computeIfAbsent(words(decision), words -> new ArrayList<>())
                        .add(condition);
            }
        }
        StringBuilder listing = new StringBuilder("# Policy: " + policy + "\n");
        decisions.forEach((kind, results) -> {
            listing.append('\n').append(kind).append('\n');
            results.forEach((result, conditions) -> listing.append("    ")
                    .append(result)
                    .append(": ")
                    .append(conditions.stream().map(Condition::name).collect(Collectors.joining(", ")))
                    .append('\n'));
        });
        return listing.toString();
    }

    private static String words(Decision decision) {
        String events = decision.events().stream()
                .map(event -> event.type().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .collect(Collectors.joining(", "));
        String result =
                decision.refusal() == null ? "accepted" : decision.refusal().name();
        return events.isEmpty() ? result : result + " (" + events + ")";
    }

    private static List<Kind> kinds(Condition condition) {
        List<Kind> kinds = new ArrayList<>();
        for (TokenAction action : TokenAction.values()) {
            Asked<?> right = condition.asked(action, Condition.RIGHT);
            if (right.evidence() instanceof Verification) {
                codes().forEach((words, code) -> kinds.add(kind(words, condition.asked(action, code))));
            } else if (right.evidence() instanceof Signature) {
                signatures()
                        .forEach((words, signature) -> kinds.add(
                                kind(words, new Asked<>(new ConfirmSignature(Condition.REQUEST), signature))));
            } else if (right.evidence() instanceof Proof) {
                for (Proof proof : Proof.values()) {
                    kinds.add(kind("password " + words(proof), condition.asked(action, proof, Condition.RIGHT)));
                }
            } else if (action.operation() != null) {
                for (Proof proof : Proof.values()) {
                    codes(action)
                            .forEach((words, code) -> kinds.add(
                                    kind("factors " + words(proof) + words, condition.asked(action, proof, code))));
                }
            } else {
                kinds.add(kind("", right));
            }
        }
        kinds.add(kind("of an unknown request", new Asked<>(new ConfirmSignature(UNKNOWN), Condition.RIGHT_RESPONSE)));
        kinds.add(kind(
                "of an unknown request",
                Asked.of(new WithdrawSignature(UNKNOWN, Condition.OPERATOR, Condition.REASON))));
        kinds.add(kind(
                "without the detail to type",
                new Asked<>(
                        new RequestSignature(Purpose.FUNDS_TRANSFER, false),
                        new RequestSignature.Given(
                                new RequestReference(Condition.REQUEST, "45".repeat(32)), "67".repeat(16)))));
        kinds.add(kind("not in stock", new Asked<>(new Assign(Condition.OPERATOR), Optional.empty())));
        kinds.add(kind(
                "with a hardware token",
                new Asked<>(new Replace(null, null, Condition.OPERATOR, Condition.REASON), Optional.empty())));
        kinds.add(kind("of the token in use", ofBulk(Condition.TOKEN)));
        kinds.add(kind("of another token", ofBulk(new SerialNumber("99999999"))));
        kinds.add(kind("without serial number", new Asked<>(new Activate(null, false), evidence(Condition.RIGHT))));
        kinds.add(kind(
                "another serial number",
                new Asked<>(new Activate(new SerialNumber("99999999"), false), evidence(Condition.RIGHT))));
        codes().forEach((words, code) -> kinds.add(kind(
                "two consecutive codes, " + words, new Asked<>(condition.activateConsecutively(), evidence(code)))));
        Asked<?> revoke = condition.asked(TokenAction.REVOKE, Condition.RIGHT);
        Asked<?> issue = condition.asked(TokenAction.ISSUE, Condition.RIGHT);
        forms().forEach((words, entered) -> {
            kinds.add(kind(words, issue.entered(entered)));
            kinds.add(kind(words, revoke.entered(entered)));
            kinds.add(kind(
                    words,
                    condition.asked(TokenAction.ACTIVATE, Condition.RIGHT).entered(entered)));
        });
        for (Renewal renewal : Renewal.values()) {
            kinds.add(kind("of this kind", renewal.asked()));
        }
        for (Provable provable : condition.provables()) {
            kinds.addAll(ofProof(condition, provable));
        }
        return kinds;
    }

    /** A proof of an operation, and the operation with every kind of proof. */
    private static List<Kind> ofProof(Condition condition, Provable provable) {
        String of = provable.getClass().getSimpleName();
        SerialNumber serial = condition.serialOf(provable);
        OpenProof proof = OpenProof.builder()
                .hash(HASH)
                .operation(provable.operation())
                .serial(serial)
                .expiresAt(Condition.NOW.plusSeconds(1))
                .build();
        SerialNumber another = new SerialNumber("99999999");
        Operation other = provable.operation() == Operation.REVOKE ? Operation.RENEW : Operation.REVOKE;
        Asked<?> right = use(provable, Proof.RIGHT);
        Prove prove = new Prove(provable, HASH);
        return List.of(
                new Kind("Prove " + of + ", all right", new Asked<>(prove, evidence(Condition.RIGHT))),
                new Kind(
                        "Prove " + of + ", all wrong",
                        new Asked<>(prove, new Evidence(Proof.WRONG, Proof.WRONG, Verification.WRONG))),
                new Kind("UseProof " + of + ", no open proof", right),
                new Kind("UseProof " + of, right, with(proof)),
                new Kind("UseProof " + of + ", wrong proof", use(provable, Proof.WRONG), with(proof)),
                new Kind(
                        "UseProof " + of + ", expired proof",
                        right,
                        with(proof.toBuilder().expiresAt(Condition.NOW).build())),
                new Kind(
                        "UseProof " + of + ", proof of another operation",
                        right,
                        with(proof.toBuilder().operation(other).build())),
                new Kind(
                        "UseProof " + of + ", proof of another token",
                        right,
                        with(proof.toBuilder().serial(another).build())));
    }

    private static Asked<?> use(Provable provable, Proof proof) {
        NewSoftwareToken token =
                new NewSoftwareToken(Condition.NEXT_APP, Condition.SECRET, Condition.HASH, Condition.APP_KEY);
        NewValues values = proof == Proof.RIGHT ? new NewValues(Condition.USER, token) : null;
        return new Asked<>(new UseProof(provable), Entered.NOTHING, new UseProof.Given(proof, values));
    }

    private static UnaryOperator<Enrolment> with(OpenProof proof) {
        return enrolment ->
                enrolment.isStored() ? enrolment.toBuilder().proof(proof).build() : enrolment;
    }

    /** A proof refuses and charges as its operation does, and opens a proof exactly where the operation is accepted. */
    @Test
    @Tag("R15.2")
    void provesAsTheOperationDecides() {
        for (TokenPolicy policy : POLICIES.values()) {
            TokenMachine machine = new TokenMachine(policy);
            for (Condition condition : Condition.values()) {
                for (Kind kind : kinds(condition)) {
                    if (kind.asked().command() instanceof Provable provable) {
                        Decision done = kind.asked().decide(machine, condition.enrolment(), Condition.NOW);
                        Asked<?> proving = new Asked<>(
                                new Prove(provable, HASH), kind.asked().entered(), factors(kind.asked()));
                        Decision proved = proving.decide(machine, condition.enrolment(), Condition.NOW);
                        String what = condition + ", " + kind.words();
                        assertEquals(done.refusal(), proved.refusal(), what);
                        assertEquals(done.notBefore(), proved.notBefore(), what);
                        if (done.refusal() == null) {
                            assertEquals(
                                    provable.operation(),
                                    requireNonNull(proved.enrolment().proof()).operation(),
                                    what);
                            assertEquals(
                                    EventType.PROVED,
                                    proved.events()
                                            .get(proved.events().size() - 1)
                                            .type(),
                                    what);
                        } else {
                            assertEquals(done, proved, what);
                        }
                    }
                }
            }
        }
    }

    private static Evidence factors(Asked<?> asked) {
        Object evidence = asked.evidence();
        if (evidence instanceof Issue.Given given) {
            return given.factors();
        }
        if (evidence instanceof PlaceOrder.Given given) {
            return given.factors();
        }
        return evidence instanceof RenewSoftware.Given given ? given.factors() : (Evidence) evidence;
    }

    /** Both renewals, for both kinds of the token in use. */
    private enum Renewal {
        SOFTWARE,
        HARDWARE;

        Asked<?> asked() {
            NewSoftwareToken token =
                    new NewSoftwareToken(Condition.NEXT_APP, Condition.SECRET, Condition.HASH, Condition.APP_KEY);
            return this == SOFTWARE
                    ? new Asked<>(
                            new RenewSoftware(Condition.MAIL),
                            new RenewSoftware.Given(token, evidence(Condition.RIGHT)))
                    : new Asked<>(new RenewHardware(), evidence(Condition.RIGHT));
        }
    }

    private static Asked<?> ofBulk(SerialNumber serial) {
        RevokeByOperator revoke = new RevokeByOperator(serial, Condition.OPERATOR, Condition.REASON);
        return Asked.of(new OnSelected(serial, new Criterion.Any(), revoke));
    }

    private static Kind kind(String words, Asked<?> asked) {
        String command = asked.command().getClass().getSimpleName();
        return new Kind(words.isEmpty() ? command : command + ", " + words, asked);
    }

    /** The kinds of code, for actions that take a code. */
    private static Map<String, Verification> codes(TokenAction action) {
        Map<String, Verification> codes = new LinkedHashMap<>();
        if (action.takesCodeOfActive() || action == TokenAction.ACTIVATE) {
            codes().forEach((words, code) -> codes.put(", " + words, code));
        } else {
            codes.put("", Verification.MALFORMED);
        }
        return codes;
    }

    /** The forms of entries with which nothing is evaluated, if the policy needs the entry. */
    private static Map<String, Entered> forms() {
        Map<String, Entered> forms = new LinkedHashMap<>();
        forms.put("no password entered", new Entered(Entered.Entry.MISSING, true, 8));
        forms.put("password refused by the application", new Entered(Entered.Entry.REFUSED, true, 8));
        forms.put("no mail code entered", new Entered(Entered.Entry.GIVEN, false, 8));
        forms.put("a code of six digits entered", new Entered(Entered.Entry.GIVEN, true, 6));
        forms.put("nothing entered", Entered.NOTHING);
        return forms;
    }

    private static Map<String, Verification> codes() {
        Map<String, Verification> codes = new LinkedHashMap<>();
        codes.put("right code", Condition.RIGHT);
        codes.put("wrong code", Verification.WRONG);
        codes.put("replayed code", new Verification.Replayed(999));
        codes.put("malformed code", Verification.MALFORMED);
        return codes;
    }

    private static Map<String, Signature> signatures() {
        Map<String, Signature> signatures = new LinkedHashMap<>();
        signatures.put("right response", Condition.RIGHT_RESPONSE);
        signatures.put("wrong response", new Signature.Signed(OcraVerification.WRONG));
        signatures.put("malformed response", new Signature.Signed(OcraVerification.MALFORMED));
        signatures.put("replayed response", new Signature.Replayed());
        signatures.put("other details", new Signature.OtherDetails());
        codes().forEach((words, code) -> signatures.put(words, new Signature.ByCode(code)));
        return signatures;
    }

    private static Evidence evidence(Verification code) {
        return new Evidence(Proof.RIGHT, Proof.RIGHT, code);
    }

    private static String words(Proof proof) {
        return proof.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
