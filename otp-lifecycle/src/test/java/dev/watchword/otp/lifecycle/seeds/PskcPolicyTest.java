package dev.watchword.otp.lifecycle.seeds;

import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.TOTP;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.bad;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.good;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.model.BadRecord;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reader rejects a key whose policy it does not understand or does not enforce (RFC 6030 §5). */
@Tag("R5.1")
class PskcPolicyTest {
    private static final String OTP = "<KeyUsage>OTP</KeyUsage>";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Foo>bar</Foo>",
                "<x:OnWeekDaysOnly xmlns:x=\"urn:x\"/>",
                "<Extensions><x:Y xmlns:x=\"urn:x\"/></Extensions>",
                "<ExpiryDate xmlns=\"\">2020-01-01T00:00:00Z</ExpiryDate>",
                "<KeyUsage xmlns=\"urn:ietf:params:xml:ns:keyprov:pskc:1.0\">OTP</KeyUsage>"
            })
    void rejectsAnUnknownElement(String element) {
        BadRecord bad = bad(with(TOTP, OTP, OTP + element));

        assertTrue(bad.problem().contains(" unknown"), bad.problem());
        assertTrue(bad.place().path().startsWith("KeyContainer/KeyPackage/Key/Policy/"));
    }

    @Test
    void rejectsAnUnknownAttribute() {
        for (String name : List.of("Policy", "StartDate", "ExpiryDate", "KeyUsage")) {
            String attributed = TOTP.replaceFirst("(?s)(<Policy>.*)", "$1");
            int policy = attributed.indexOf("<Policy>");
            String changed = attributed.substring(0, policy)
                    + attributed.substring(policy).replaceFirst("<" + name + ">", "<" + name + " Only=\"MON\">");
            assertEquals(
                    "The policy has an unknown attribute, so the key must not be used (RFC 6030 §5); ask the maker for a"
                            + " key without it",
                    bad(changed).problem());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CR",
                "Encrypt",
                "Integrity",
                "Verify",
                "Unlock",
                "Decrypt",
                "KeyWrap",
                "Unwrap",
                "Derive",
                "Generate"
            })
    void rejectsAKeyForAnotherUse(String usage) {
        String other = with(TOTP, OTP, "").replace(">CR<", ">" + usage + "<");
        assertEquals(
                "The policy does not allow one-time passwords: KeyUsage must include OTP",
                bad(other).problem());
        assertEquals(good(TOTP), good(TOTP.replace(">CR<", ">" + usage + "<")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"otp", "Sign", "", "OTP CR"})
    void rejectsAnUnknownUsageEvenBesideOtp(String usage) {
        assertEquals(
                "The policy has an unknown KeyUsage, so the key must not be used (RFC 6030 §5); ask the maker for a key"
                        + " without it",
                bad(TOTP.replace(">CR<", ">" + usage + "<")).problem());
    }

    @Test
    void allowsEveryUseWithoutAUsage() {
        assertEquals(good(TOTP), good(TOTP.replaceAll("<KeyUsage>.*</KeyUsage>", "")));
        assertEquals(good(TOTP), good(with(TOTP, OTP, " " + "<KeyUsage> OTP </KeyUsage>")));
    }

    @Test
    void rejectsARestrictionThatIsNotEnforced() {
        for (String limit : List.of(
                "<NumberOfTransactions>4321</NumberOfTransactions>",
                "<PINPolicy MinLength=\"4\" PINEncoding=\"DECIMAL\" PINUsageMode=\"Prepend\"/>",
                "<PINPolicy PINUsageMode=\"Append\"/>")) {
            BadRecord bad = bad(with(TOTP, OTP, OTP + limit));
            assertTrue(
                    bad.problem().contains("which Watchword does not enforce, so the key must not be used"),
                    bad.problem());
        }
    }
}
