package dev.watchword.otp.lifecycle.seeds.support;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.lifecycle.model.BadRecord;
import dev.watchword.otp.lifecycle.model.CanIgnoreReturnValue;
import dev.watchword.otp.lifecycle.seeds.PskcKey;
import dev.watchword.otp.lifecycle.seeds.PskcReader;
import dev.watchword.otp.lifecycle.seeds.Seed;
import dev.watchword.otp.lifecycle.seeds.SeedFileException;
import dev.watchword.otp.lifecycle.seeds.SeedReader;
import dev.watchword.otp.lifecycle.seeds.SeedRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Seed files for tests, with shorthands that read them. */
public final class SeedFiles {
    /** The secret in nearly every figure of RFC 6030. */
    public static final OtpSecret SECRET = OtpSecret.copyOf("12345678901234567890".getBytes(StandardCharsets.US_ASCII));

    /** The 128-bit pre-shared key in figure 6 of RFC 6030. */
    public static final SecretKey KEY = aes("12345678901234567890123456789012");

    /** A valid file with one TOTP token. A test replaces the part that it examines. */
    public static final String TOTP = """
            <KeyContainer Version="1.0" xmlns="urn:ietf:params:xml:ns:keyprov:pskc">
              <KeyPackage>
                <DeviceInfo>
                  <Manufacturer>oath.AC</Manufacturer>
                  <SerialNo>101199980021</SerialNo>
                  <Model>M</Model>
                  <IssueNo>1</IssueNo>
                  <DeviceBinding>IMEI</DeviceBinding>
                  <StartDate>2026-01-01T00:00:00Z</StartDate>
                  <ExpiryDate>2031-01-01T00:00:00Z</ExpiryDate>
                  <UserId>CN=device</UserId>
                </DeviceInfo>
                <CryptoModuleInfo><Id>CM</Id></CryptoModuleInfo>
                <Key Id="K1" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:totp">
                  <Issuer>The issuer</Issuer>
                  <AlgorithmParameters>
                    <Suite>HMAC-SHA256</Suite>
                    <ResponseFormat Length="8" Encoding="DECIMAL"/>
                  </AlgorithmParameters>
                  <KeyProfileId>P</KeyProfileId>
                  <KeyReference>R</KeyReference>
                  <FriendlyName xml:lang="en">Fob</FriendlyName>
                  <FriendlyName xml:lang="ja">トークン</FriendlyName>
                  <Data>
                    <Secret><PlainValue>MTIzNDU2Nzg5MDEyMzQ1Njc4OTA=</PlainValue></Secret>
                    <Time><PlainValue>7</PlainValue></Time>
                    <TimeInterval><PlainValue>60</PlainValue></TimeInterval>
                    <TimeDrift><PlainValue>-2</PlainValue></TimeDrift>
                  </Data>
                  <UserId>CN=key</UserId>
                  <Policy>
                    <StartDate>2026-02-01T00:00:00+09:00</StartDate>
                    <ExpiryDate>2032-01-01T00:00:00Z</ExpiryDate>
                    <KeyUsage>OTP</KeyUsage>
                    <KeyUsage>CR</KeyUsage>
                  </Policy>
                </Key>
              </KeyPackage>
            </KeyContainer>
            """;

    /** The key package with which the token of {@link #TOTP} signs. */
    public static final String OCRA_PACKAGE = """
              <KeyPackage>
                <DeviceInfo>
                  <Manufacturer>oath.AC</Manufacturer>
                  <SerialNo>101199980021</SerialNo>
                  <StartDate>2026-03-01T00:00:00Z</StartDate>
                  <ExpiryDate>2031-06-01T00:00:00Z</ExpiryDate>
                </DeviceInfo>
                <CryptoModuleInfo><Id>CM</Id></CryptoModuleInfo>
                <Key Id="K2" Algorithm="urn:ietf:params:xml:ns:keyprov:pskc:ocra">
                  <AlgorithmParameters>
                    <Suite>OCRA-1:HOTP-SHA256-8:C-QN10-T1M</Suite>
                    <ChallengeFormat Encoding="DECIMAL" Min="4" Max="10"/>
                    <ResponseFormat Length="8" Encoding="DECIMAL"/>
                  </AlgorithmParameters>
                  <Data>
                    <Secret><PlainValue>MDk4NzY1NDMyMTA5ODc2NTQzMjE=</PlainValue></Secret>
                    <Counter><PlainValue>5</PlainValue></Counter>
                    <Time><PlainValue>9</PlainValue></Time>
                    <TimeInterval><PlainValue>60</PlainValue></TimeInterval>
                    <TimeDrift><PlainValue>0</PlainValue></TimeDrift>
                  </Data>
                  <Policy><ExpiryDate>2030-01-01T00:00:00Z</ExpiryDate><KeyUsage>CR</KeyUsage></Policy>
                </Key>
              </KeyPackage>
            """;

    /** A valid file with one token that has a TOTP key and an OCRA key. */
    public static final String SIGNING = followed(TOTP, OCRA_PACKAGE);

    private SeedFiles() {}

    /** Returns a file with more key packages at its end. */
    public static String followed(String file, String packages) {
        return file.replace("</KeyContainer>", packages + "</KeyContainer>");
    }

    /** Returns a file with more key packages before its first one. */
    public static String preceded(String file, String packages) {
        return file.replaceFirst("(?=<KeyPackage>)", packages);
    }

    /** Returns an AES key from hexadecimal digits. */
    public static SecretKey aes(String hex) {
        return new SecretKeySpec(HexFormat.of().parseHex(hex), "AES");
    }

    /** Returns the UTF-8 bytes of a text. */
    public static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns a figure of RFC 6030 as printed. */
    public static String figure(int number) {
        return resource("rfc6030-figure" + number + ".xml");
    }

    private static String resource(String name) {
        try (InputStream file = requireNonNull(SeedFiles.class.getResourceAsStream(name))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads all records and closes the reader. */
    @CanIgnoreReturnValue
    public static List<SeedRecord> all(SeedReader reader) {
        List<SeedRecord> records = new ArrayList<>();
        try (reader) {
            reader.forEachRemaining(records::add);
        }
        return records;
    }

    /** Reads all records of a PSKC file. */
    public static List<SeedRecord> read(String xml, PskcKey key) {
        return all(PskcReader.open(stream(xml), key));
    }

    /** Reads a PSKC file that must have exactly one record. */
    public static SeedRecord one(String xml, PskcKey key) {
        List<SeedRecord> records = read(xml, key);
        assertEquals(1, records.size());
        return records.get(0);
    }

    /** Reads the seed of a PSKC file that must have exactly one record, a good one. */
    public static Seed good(String xml, PskcKey key) {
        return assertInstanceOf(SeedRecord.Good.class, one(xml, key)).seed();
    }

    /** Reads the seed of a plain PSKC file that must have exactly one record, a good one. */
    public static Seed good(String xml) {
        return good(xml, PskcKey.none());
    }

    /** Reads the problem of a PSKC file that must have exactly one record, a bad one. */
    public static BadRecord bad(String xml, PskcKey key) {
        return assertInstanceOf(SeedRecord.Bad.class, one(xml, key)).bad();
    }

    /** Reads the problem of a plain PSKC file that must have exactly one record, a bad one. */
    public static BadRecord bad(String xml) {
        return bad(xml, PskcKey.none());
    }

    /** Returns the message of the {@link SeedFileException} with which reading a PSKC file must end. */
    public static String failure(String xml, PskcKey key) {
        return String.valueOf(
                assertThrows(SeedFileException.class, () -> read(xml, key)).getMessage());
    }

    /** Returns the message of the {@link SeedFileException} with which reading a plain PSKC file must end. */
    public static String failure(String xml) {
        return failure(xml, PskcKey.none());
    }

    /** Returns a text with every occurrence of a part replaced. The text must contain the part. */
    public static String with(String text, String part, String replacement) {
        assertEquals(true, text.contains(part), part);
        return text.replace(part, replacement);
    }
}
