package dev.watchword.otp.lifecycle.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.Confirmation;
import dev.watchword.otp.lifecycle.Institution;
import dev.watchword.otp.lifecycle.model.BadRecords;
import dev.watchword.otp.lifecycle.model.BatchId;
import dev.watchword.otp.lifecycle.model.CodeState;
import dev.watchword.otp.lifecycle.model.Field;
import dev.watchword.otp.lifecycle.model.Outcome;
import dev.watchword.otp.lifecycle.model.Refusal;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.TokenKind;
import dev.watchword.otp.lifecycle.model.UserId;
import dev.watchword.otp.lifecycle.operations.Imported;
import dev.watchword.otp.lifecycle.seeds.CsvSeedReader;
import dev.watchword.otp.lifecycle.seeds.ForeignToken;
import dev.watchword.otp.lifecycle.seeds.TextLayout;
import dev.watchword.otp.lifecycle.spi.NumberSource;
import dev.watchword.otp.lifecycle.support.InstitutionFixture;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
import dev.watchword.otp.testing.FakeAuthenticator;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The form of serial numbers is policy, for every way by which a serial number enters. */
@Tag("R5.6")
class SerialFormTest extends InstitutionFixture {
    private static final TokenPolicy GENERAL = TestInstitution.POLICY.withSerials(SerialForm.GENERAL);
    private static final BatchId BATCH = new BatchId("delivery-1");
    private static final String SECRET = "12345678901234567890";

    @Test
    void presetsHaveTheirForm() {
        assertEquals(SerialForm.digits(8, 12), TokenPolicy.BANK.serials());
        assertEquals(SerialForm.GENERAL, TokenPolicy.AUTHENTICATOR_APP.serials());
        assertEquals("8 to 12 ASCII digits", SerialForm.BANK.toString());
        assertEquals("9 ASCII digits", SerialForm.digits(9, 9).toString());
        assertEquals("1 to 64 printable ASCII characters without spaces", SerialForm.GENERAL.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"12345678", "000000000000", "101199980021"})
    void theBanksSerialNumbersAreDigits(String text) {
        assertEquals(Optional.of(new SerialNumber(text)), SerialForm.BANK.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1234567", "1234567890123", "1234567x", "１２３４５６７８", "1234 5678", "", "!~Aa0"})
    void otherTextIsNoSerialNumberOfTheBank(String text) {
        assertEquals(Optional.empty(), SerialForm.BANK.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "!", "~", "GALT10414938", "306EUO4-00960", "a\"b\\c'd", "0x"})
    void theGeneralFormIsPrintableAscii(String text) {
        assertEquals(Optional.of(new SerialNumber(text)), SerialForm.GENERAL.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\u007f", "a\u00e9", "シリアル", "a\t", "a\u0000", "\uff21"})
    void otherTextIsNoSerialNumberAtAll(String text) {
        assertEquals(Optional.empty(), SerialForm.GENERAL.parse(text));
        assertThrows(IllegalArgumentException.class, () -> new SerialNumber(text));
    }

    @Test
    void aSerialNumberHasAtMost64Characters() {
        assertEquals(64, new SerialNumber("x".repeat(64)).value().length());
        assertEquals(Optional.empty(), SerialForm.GENERAL.parse("x".repeat(65)));
        assertThrows(IllegalArgumentException.class, () -> new SerialNumber("x".repeat(65)));
        assertEquals(Optional.empty(), SerialForm.GENERAL.parse(null));
        assertThrows(IllegalArgumentException.class, () -> SerialForm.digits(0, 5));
        assertThrows(IllegalArgumentException.class, () -> SerialForm.digits(5, 4));
        assertThrows(IllegalArgumentException.class, () -> SerialForm.digits(5, 65));
    }

    private Outcome<Imported> imports(String serial) {
        String file = "serial,secret_hex,kind,digits,step,counter,expiry\n" + serial
                + ",3132333435363738393031323334353637383930,TOTP,8,60,,2030-10-31T00:00:00Z\n";
        return bank.stock()
                .importBatch(
                        BATCH,
                        CsvSeedReader.open(
                                new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)), TextLayout.DEFAULT),
                        staged -> {});
    }

    @Test
    @Tag("R5.1")
    void anImportRefusesAnotherForm() {
        Outcome<Imported> refused = imports("GALT10414938");
        assertRefused(Refusal.BAD_RECORDS, refused);
        BadRecords bad = refused(refused).badRecords().orElseThrow();
        assertEquals(1, bad.total());
        assertEquals(
                "the serial number must be 8 to 12 ASCII digits, as the policy demands",
                bad.first().get(0).problem());

        follow(GENERAL);
        assertEquals(Imported.of(BATCH, 1), imports("GALT10414938").orElseThrow());
    }

    @Test
    @Tag("R5.3")
    void aHardwareTokenIsActivatedWithItsExactSerialNumber() {
        follow(GENERAL);
        assertTrue(imports("GALT10414938").isAccepted());
        assertAccepted(tokens.orderHardware(TARO, Confirmation.NONE));
        assertMalformed(Set.of(Field.SERIAL_NUMBER), desk.assign(TARO, "GALT 10414938"));
        assertRefused(Refusal.NOT_IN_STOCK, desk.assign(TARO, "galt10414938"));
        assertAccepted(desk.assign(TARO, "GALT10414938"));
        assertAccepted(desk.send(TARO));
        FakeAuthenticator shown = new FakeAuthenticator(
                TotpProfile.BANK, OtpSecret.copyOf(SECRET.getBytes(StandardCharsets.US_ASCII)), clock);

        assertMalformed(
                Set.of(Field.SERIAL_NUMBER), tokens.activateHardware(TARO, "GALT 10414938", code(shown.code())));
        assertRefused(Refusal.WRONG_SERIAL, tokens.activateHardware(TARO, "galt10414938", code(shown.code())));
        assertAccepted(tokens.activateHardware(TARO, "GALT10414938", code(shown.code())));
        assertEquals(new SerialNumber("GALT10414938"), inUse(TARO).serial());
    }

    private ForeignToken foreign(String serial) {
        return ForeignToken.builder()
                .holder(TARO)
                .kind(TokenKind.HARDWARE)
                .serial(new SerialNumber(serial))
                .secret(OtpSecret.copyOf(SECRET.getBytes(StandardCharsets.US_ASCII)))
                .profile(TotpProfile.BANK)
                .codes(CodeState.NEW)
                .expiresAt(Instant.parse("2030-10-31T00:00:00Z"))
                .build();
    }

    @Test
    @Tag("R12.4")
    void aTakeoverRefusesAnotherForm() {
        var refused = assertThrows(
                IllegalArgumentException.class, () -> bank.migration(OPERATOR).takeOver(foreign("306EUO4-00960")));
        assertTrue(refused.toString().contains("must be 8 to 12 ASCII digits"), refused.toString());

        follow(GENERAL);
        assertAccepted(bank.migration(OPERATOR).takeOver(foreign("306EUO4-00960")));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 9, 10, 64})
    void softwareTokensFollowTheForm(int digits) {
        SerialForm form = SerialForm.digits(digits, digits);
        NumberSource numbers = NumberSource.random(new SecureRandom(), form);
        for (int i = 0; i < 100; i++) {
            assertTrue(form.allows(numbers.serial()));
            assertFalse(numbers.serial().value().startsWith("0"));
            assertEquals(12, numbers.userId().value().length());
        }
        follow(TestInstitution.POLICY.withSerials(form));
        activate(TARO);
        assertEquals(digits, inUse(TARO).serial().value().length());
    }

    @Test
    void aNumberSourceOfAnotherFormIsAnError() {
        NumberSource letters = new NumberSource() {
            @Override
            public UserId userId() {
                return new UserId("999800000001");
            }

            @Override
            public SerialNumber serial() {
                return new SerialNumber("APP-1");
            }
        };
        Institution.Builder builder = TestInstitution.builder(store, clock).numbers(letters);
        Institution wrong = builder.build();

        assertThrows(IllegalStateException.class, () -> wrong.tokens().issueSoftware(TARO, REQUEST, Confirmation.NONE));
        assertEquals(Optional.empty(), store.find(TestInstitution.SERVICE_ID, TARO));
        assertAccepted(builder.policy(GENERAL).build().tokens().issueSoftware(TARO, REQUEST, Confirmation.NONE));
    }
}
