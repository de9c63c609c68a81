package dev.watchword.otp.lifecycle.stock;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.lifecycle.SeedFileException;
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

/** Seed files for tests, and how to read them. */
final class SeedFiles {
    /** The secret of nearly all figures of the RFC. */
    static final OtpSecret SECRET = OtpSecret.copyOf("12345678901234567890".getBytes(StandardCharsets.US_ASCII));

    /** Its key of 128 bits. */
    static final SecretKey KEY = aes("12345678901234567890123456789012");

    /** A file with one fob, to be changed by each test where it wants it wrong. */
    static final String TOTP = """
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

    private SeedFiles() {}

    static SecretKey aes(String hex) {
        return new SecretKeySpec(HexFormat.of().parseHex(hex), "AES");
    }

    static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    static String figure(int number) {
        return resource("rfc6030-figure" + number + ".xml");
    }

    static String resource(String name) {
        try (InputStream file = requireNonNull(SeedFiles.class.getResourceAsStream(name))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<SeedRecord> all(SeedReader reader) {
        List<SeedRecord> records = new ArrayList<>();
        try (reader) {
            reader.forEachRemaining(records::add);
        }
        return records;
    }

    static List<SeedRecord> read(String xml, PskcKey key) {
        return all(PskcReader.open(stream(xml), key));
    }

    static SeedRecord one(String xml, PskcKey key) {
        List<SeedRecord> records = read(xml, key);
        assertEquals(1, records.size());
        return records.get(0);
    }

    static Seed good(String xml, PskcKey key) {
        return assertInstanceOf(SeedRecord.Good.class, one(xml, key)).seed();
    }

    static Seed good(String xml) {
        return good(xml, PskcKey.none());
    }

    static SeedRecord.Bad bad(String xml, PskcKey key) {
        return assertInstanceOf(SeedRecord.Bad.class, one(xml, key));
    }

    static SeedRecord.Bad bad(String xml) {
        return bad(xml, PskcKey.none());
    }

    static String failure(String xml, PskcKey key) {
        return String.valueOf(
                assertThrows(SeedFileException.class, () -> read(xml, key)).getMessage());
    }

    static String failure(String xml) {
        return failure(xml, PskcKey.none());
    }

    /** The text with one part replaced, which must be in it. */
    static String with(String text, String part, String replacement) {
        assertEquals(true, text.contains(part), part);
        return text.replace(part, replacement);
    }
}
