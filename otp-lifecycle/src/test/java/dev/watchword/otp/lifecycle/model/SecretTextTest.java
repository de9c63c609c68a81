package dev.watchword.otp.lifecycle.model;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.CreatedMailCode;
import dev.watchword.otp.lifecycle.EmergencyCodes;
import dev.watchword.otp.lifecycle.HolderProof;
import dev.watchword.otp.lifecycle.Issued;
import dev.watchword.otp.lifecycle.Proved;
import dev.watchword.otp.lifecycle.RecoveryCodes;
import dev.watchword.otp.lifecycle.SoftwareRequest;
import dev.watchword.otp.lifecycle.policy.SoftwarePolicy;
import dev.watchword.otp.lifecycle.seeds.PskcKey;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.config.PropertyVisibilityStrategy;
import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No log, debugger or mapper shows a secret text. */
@Tag("R10.2")
class SecretTextTest extends InstitutionFixture {
    private static final String TEXT = "48151623";

    private final SecretText secret = SecretText.of(TEXT);

    /** JSON mappers with which an application might write an object to a log, a session or an answer. */
    private enum Mapper {
        JACKSON {
            @Override
            String write(Object value) throws JsonProcessingException {
                return jackson().build().writeValueAsString(value);
            }
        },
        JACKSON_FIELDS {
            @Override
            String write(Object value) throws JsonProcessingException {
                return everything(PropertyAccessor.FIELD).writeValueAsString(value);
            }
        },
        JACKSON_EVERYTHING {
            @Override
            String write(Object value) throws JsonProcessingException {
                return everything(PropertyAccessor.ALL).writeValueAsString(value);
            }
        },
        GSON {
            @Override
            String write(Object value) {
                JsonSerializer<Instant> asText = (instant, type, context) -> new JsonPrimitive(instant.toString());
                Gson gson = new GsonBuilder()
                        .registerTypeAdapter(Instant.class, asText)
                        .create();
                return gson.toJson(value);
            }
        },
        JSON_B {
            @Override
            String write(Object value) throws Exception {
                return toJson(new JsonbConfig(), value);
            }
        },
        JSON_B_EVERYTHING {
            @Override
            String write(Object value) throws Exception {
                return toJson(new JsonbConfig().withPropertyVisibilityStrategy(EVERYTHING), value);
            }
        };

        private static final PropertyVisibilityStrategy EVERYTHING = new PropertyVisibilityStrategy() {
            @Override
            public boolean isVisible(Field field) {
                return true;
            }

            @Override
            public boolean isVisible(Method method) {
                return true;
            }
        };

        abstract String write(Object value) throws Exception;

        /** Whether the mapper reads private fields. */
        boolean seesFields() {
            return this != JACKSON && this != JSON_B;
        }

        private static JsonMapper.Builder jackson() {
            SimpleModule instants = new SimpleModule().addSerializer(Instant.class, ToStringSerializer.instance);
            return JsonMapper.builder().addModule(instants).disable(SerializationFeature.FAIL_ON_EMPTY_BEANS);
        }

        private static ObjectMapper everything(PropertyAccessor accessor) {
            return jackson().visibility(accessor, JsonAutoDetect.Visibility.ANY).build();
        }

        private static String toJson(JsonbConfig config, Object value) throws Exception {
            Jsonb jsonb = JsonbBuilder.create(config);
            try {
                return jsonb.toJson(value);
            } finally {
                jsonb.close();
            }
        }
    }

    /** A public property that every mapper shows. It is the control case of these tests. */
    public static final class Plain {
        private final String text;

        Plain(String text) {
            this.text = text;
        }

        public String getText() {
            return text;
        }
    }

    /** An application's session that contains a secret text. */
    public static final class Session implements Serializable {
        private static final long serialVersionUID = 1;

        private final String user = "taro";

        @SuppressWarnings("serial") // which is what is tested
        private final SecretText secret;

        Session(SecretText secret) {
            this.secret = secret;
        }

        public String getUser() {
            return user;
        }

        public SecretText getSecret() {
            return secret;
        }
    }

    /** An application without modules, or with an open one. Otherwise no mapper reads a private field. */
    @BeforeAll
    static void openTheLibrary() {
        for (Class<?> mapper : List.of(ObjectMapper.class, Gson.class, Jsonb.class)) {
            for (Class<?> shown : List.of(CreatedMailCode.class, HolderProof.class, SecretText.class, PskcKey.class)) {
                shown.getModule().addOpens(shown.getPackageName(), mapper.getModule());
            }
        }
    }

    @Test
    void onlyOneMethodShowsIt() {
        assertEquals(TEXT, secret.exposeText());
        assertEquals("SecretText[redacted]", secret.toString());
        assertEquals("SecretText[redacted]", String.valueOf(SecretText.of("")));
    }

    /** Equality by value would confirm guesses. */
    @Test
    void isEqualOnlyToItself() {
        assertEquals(secret, secret);
        assertNotEquals(SecretText.of(TEXT), secret);
    }

    @Test
    void javaDoesNotSerialiseIt() throws Exception {
        for (Object value : List.of(secret, new ArrayList<>(List.of(secret)), new Session(secret))) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                NotSerializableException thrown =
                        assertThrows(NotSerializableException.class, () -> out.writeObject(value));
                assertEquals(SecretText.class.getName(), thrown.getMessage());
            }
            assertFalse(bytes.toString(StandardCharsets.ISO_8859_1).contains(TEXT));
        }
    }

    @ParameterizedTest
    @EnumSource
    void noMapperShowsIt(Mapper mapper) throws Exception {
        assertTrue(mapper.write(new Plain(TEXT)).contains(TEXT));

        for (Object value :
                List.of(secret, List.of(secret), Map.of("secret", secret), new Session(secret), Accepted.of(secret))) {
            assertFalse(mapper.write(value).contains(TEXT), () -> "in " + value.getClass());
        }
        assertTrue(mapper.write(new Session(secret)).contains("taro"));
    }

    /** A mapper may write an array of characters one by one, and bytes in Base64. */
    @ParameterizedTest
    @EnumSource
    void noMapperShowsAnEntryOrAKey(Mapper mapper) throws Exception {
        byte[] key = (TEXT + TEXT).getBytes(StandardCharsets.US_ASCII);
        String base64 = Base64.getEncoder().encodeToString(key);
        assertTrue(digits(mapper.write(List.of("4", "8", "1", "5", "1", "6", "2", "3")))
                .contains(TEXT));

        for (Object value : List.of(
                Confirmation.NONE.password(TEXT).mailCode(TEXT).code(TEXT),
                SoftwareRequest.of("taro@bank.example", TEXT),
                SoftwareRequest.of("taro@bank.example", null).enteredAgain("taro@bank.example", TEXT),
                PskcKey.password(TEXT.toCharArray()),
                PskcKey.preShared(new SecretKeySpec(key, "AES")))) {
            String written = mapper.write(value);
            assertFalse(
                    digits(written).contains(TEXT) || written.contains(base64),
                    () -> value.getClass() + ": " + written);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("R14.2")
    void noMapperShowsABackupCode(Mapper mapper) throws Exception {
        FakePhone phone = activate(TARO);
        clock.toNextStep(TotpProfile.BANK);
        RecoveryCodes recovery =
                tokens.createRecoveryCodes(TARO, code(phone.code())).orElseThrow();
        EmergencyCodes emergency = desk.issueEmergencyCodes(TARO, "lost").orElseThrow();

        String written = mapper.write(recovery.codes()) + mapper.write(emergency.codes()) + recovery + emergency;

        for (SecretText code :
                List.of(recovery.codes().get(0), emergency.codes().get(0))) {
            assertFalse(written.contains(code.exposeText()));
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("R15.2")
    void noMapperShowsAProof(Mapper mapper) throws Exception {
        Proved proved = bank.proofs().forHardwareOrder(TARO, Confirmation.NONE).orElseThrow();
        String text = proved.proof().exposeText();

        for (Object value : List.of(proved, proved.proof(), Accepted.of(proved))) {
            assertFalse(mapper.write(value).contains(text), () -> "in " + value.getClass());
            assertFalse(value.toString().contains(text));
        }
    }

    private static String digits(String text) {
        return text.replaceAll("[^0-9]", "");
    }

    @ParameterizedTest
    @EnumSource
    void noMapperShowsASecretText(Mapper mapper) throws Exception {
        follow(TestInstitution.POLICY.withSoftware(SoftwarePolicy.GENERATED));
        CreatedMailCode made = tokens.createMailCode(TARO, Operation.ISSUE, "taro@bank.example")
                .orElseThrow();
        Issued issued = tokens.issueSoftware(TARO, SoftwareRequest.of("taro@bank.example", null), Confirmation.NONE)
                .orElseThrow();

        String mail = mapper.write(made);
        assertFalse(mail.contains(made.code().exposeText()), mail);
        assertEquals(mapper.seesFields(), mail.contains(made.expiresAt().toString()), mail);
        String screen = mapper.write(issued);
        assertFalse(screen.contains(requireNonNull(issued.activationPassword()).exposeText()), screen);
        assertEquals(mapper.seesFields(), screen.contains(issued.userId().value()), screen);
    }

    /** Jackson's default rejects a class without properties, and names the class. */
    @Test
    void jacksonAsItComesRefusesIt() {
        InvalidDefinitionException thrown =
                assertThrows(InvalidDefinitionException.class, () -> new ObjectMapper().writeValueAsString(secret));
        assertFalse(String.valueOf(thrown.getMessage()).contains(TEXT));
        assertThrows(
                InvalidDefinitionException.class, () -> new ObjectMapper().writeValueAsString(new Session(secret)));
    }

    @Test
    void jacksonsOtherSettingsDoNotMatter() throws JsonProcessingException {
        for (boolean on : List.of(true, false)) {
            ObjectMapper jackson = Mapper.jackson()
                    .visibility(PropertyAccessor.ALL, JsonAutoDetect.Visibility.ANY)
                    .configure(MapperFeature.PROPAGATE_TRANSIENT_MARKER, on)
                    .configure(MapperFeature.INFER_PROPERTY_MUTATORS, on)
                    .build();
            assertEquals("{\"user\":\"taro\",\"secret\":{}}", jackson.writeValueAsString(new Session(secret)));
        }
    }

    @Test
    void theLibrarysTextsTellNoSecret() {
        follow(TestInstitution.POLICY.withSoftware(SoftwarePolicy.GENERATED));
        Outcome<CreatedMailCode> made = tokens.createMailCode(TARO, Operation.ISSUE, "taro@bank.example");
        Outcome<Issued> issued =
                tokens.issueSoftware(TARO, SoftwareRequest.of("taro@bank.example", null), Confirmation.NONE);

        assertFalse(made.toString().contains(made.orElseThrow().code().exposeText()));
        assertFalse(made.toString().contains("taro@bank.example"));
        assertFalse(issued.toString()
                .contains(requireNonNull(issued.orElseThrow().activationPassword())
                        .exposeText()));
        assertFalse(issued.toString().contains("taro@bank.example"));
    }
}
