package dev.watchword.otp.lifecycle.seeds;

import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.KEY;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.SECRET;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.TOTP;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.all;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.good;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.stream;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.seeds.support.Encrypted;
import dev.watchword.otp.lifecycle.seeds.support.SeedFiles;
import dev.watchword.otp.lifecycle.seeds.support.Signed;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.List;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Transform;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The reader of signed files returns only content that the manufacturer signed (RFC 6030 §7). */
@Tag("R5.1")
class PskcSignatureTest {
    private static final String C14N = CanonicalizationMethod.INCLUSIVE;

    private final Signed signer = new Signed();

    private static List<SeedRecord> read(String xml, PublicKey key) {
        return all(PskcReader.openSigned(stream(xml), PskcKey.none(), key));
    }

    private static Seed seed(String xml, PublicKey key) {
        List<SeedRecord> records = read(xml, key);
        assertEquals(1, records.size());
        return ((SeedRecord.Good) records.get(0)).seed();
    }

    private static String failure(String xml, PublicKey key) {
        return String.valueOf(
                assertThrows(SeedFileException.class, () -> read(xml, key)).getMessage());
    }

    private static String failure(String xml) {
        return failure(xml, Signed.RSA.getPublic());
    }

    @ParameterizedTest
    @CsvSource({
        "RSA,2048,2001/04/xmldsig-more#rsa-sha256", "RSA,2048,2001/04/xmldsig-more#rsa-sha384",
        "RSA,2048,2001/04/xmldsig-more#rsa-sha512", "RSA,2048,2007/05/xmldsig-more#sha256-rsa-MGF1",
        "EC,256,2001/04/xmldsig-more#ecdsa-sha256", "EC,384,2001/04/xmldsig-more#ecdsa-sha384",
        "EC,521,2001/04/xmldsig-more#ecdsa-sha512"
    })
    void readsAFileThatTheMakerSigned(String algorithm, int size, String method) throws Exception {
        signer.pair = Signed.pair(algorithm, size);
        signer.method = "http://www.w3.org/" + method;

        assertEquals(good(TOTP), seed(signer.sign(TOTP), signer.pair.getPublic()));
    }

    @Test
    void acceptsEveryReferenceToTheWholeDocument() throws Exception {
        for (String digest : List.of(DigestMethod.SHA256, DigestMethod.SHA384, DigestMethod.SHA512)) {
            signer.digest = digest;
            assertEquals(good(TOTP), seed(signer.sign(TOTP), Signed.RSA.getPublic()));
        }
        for (String canonical :
                List.of(C14N, CanonicalizationMethod.EXCLUSIVE, "http://www.w3.org/2006/12/xml-c14n11")) {
            signer.canonical = canonical;
            signer.transforms = List.of(Transform.ENVELOPED, canonical);
            assertEquals(good(TOTP), seed(signer.sign(TOTP), Signed.RSA.getPublic()));
        }
        signer.uri = "#container";
        assertEquals(good(TOTP), seed(signer.sign(withId()), Signed.RSA.getPublic()));
    }

    private static String withId() {
        return with(TOTP, "Version=", "Id=\"container\" Version=");
    }

    @Test
    void readsASignedAndEncryptedFile() throws Exception {
        String xml = signer.sign(Encrypted.file("cbc", KEY, "SHA256"));
        List<SeedRecord> records =
                all(PskcReader.openSigned(stream(xml), PskcKey.preShared(KEY), Signed.RSA.getPublic()));
        assertEquals(SECRET, ((SeedRecord.Good) records.get(0)).seed().secret());
    }

    @Test
    void ignoresASignatureUnlessOpenedAsSigned() throws Exception {
        assertEquals(
                good(TOTP),
                good(with(signer.sign(TOTP), "oath.AC", "oath.AC")
                        .replaceFirst("<SignatureValue>....", "<SignatureValue>AAAA")));
    }

    @Test
    void rejectsAnUnsignedFile() {
        assertTrue(failure(TOTP)
                .contains("The signature of the seed file is not valid: the file must have exactly one Signature"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"101199980021", "MTIzNDU2", "2032-", "Length=\"8\"", "oath.AC"})
    void rejectsAChangedFile(String part) throws Exception {
        String signed = signer.sign(TOTP);
        String changed = with(signed, part, part.replaceFirst("[1-9a-z]", "0"));
        assertTrue(failure(changed).contains("the file was changed, or another key signed it"), failure(changed));
    }

    /** An attacker who changes the file would sign it again and insert another public key. */
    @Test
    void rejectsAFileWhoseSignatureIsNotTheMakers() throws Exception {
        PublicKey other = Signed.pair("RSA", 2048).getPublic();
        assertTrue(failure(signer.sign(TOTP), other).contains("another key signed it"));
        assertTrue(
                failure(signer.sign(TOTP), Signed.pair("EC", 256).getPublic()).contains("another kind of key"));
    }

    @Test
    void rejectsWeakAlgorithms() throws Exception {
        signer.method = "http://www.w3.org/2000/09/xmldsig#rsa-sha1";
        assertTrue(failure(signer.sign(TOTP)).contains("is not valid: it is made with SHA-1, which is broken"));
        signer.method = Signed.RSA_SHA256;
        signer.digest = DigestMethod.SHA1;
        assertTrue(failure(signer.sign(TOTP)).contains("is not valid: it is made with SHA-1, which is broken"));
    }

    @Test
    void rejectsASignatureOfAPart() throws Exception {
        signer.uri = "#container";
        String signed = signer.sign(withId());
        assertTrue(failure(signed.replace("Id=\"container\" Version", "Id=\"other\" Version"))
                .contains("cover the whole document"));
        assertTrue(failure(signed.replace("Id=\"container\" ", "")).contains("cover the whole document"));
        assertTrue(failure(signed.replace("URI=\"#container\"", "URI=\"#xpointer(/)\""))
                .contains("cover the whole document"));
        assertTrue(failure(signed.replace("URI=\"#container\"", "URI=\"http://localhost:1/\""))
                .contains("cover the whole document"));
        assertTrue(failure(signed.replace(" URI=\"#container\"", "")).contains("cover the whole document"));
    }

    /** The attack moves the signed document into another document with other keys. */
    @Test
    void rejectsASignedDocumentInsideAnother() throws Exception {
        signer.uri = "#container";
        String signed = signer.sign(withId());
        String own = with(TOTP, "101199980021", "666666666666");
        String signature = signed.substring(signed.indexOf("<Signature"), signed.indexOf("</KeyContainer>"));
        String original = signed.replace(signature, "");
        assertTrue(failure(with(
                        own,
                        "</KeyContainer>",
                        "<Extensions>" + original + "</Extensions>" + signature + "</KeyContainer>"))
                .contains("cover the whole document"));
        String twin = with(own, "Version=", "Id=\"container\" Version=");
        assertTrue(failure(with(
                        twin,
                        "</KeyContainer>",
                        "<Extensions>" + original + "</Extensions>" + signature + "</KeyContainer>"))
                .contains("is not valid"));
        assertTrue(failure(with(own, "</KeyContainer>", "<Extensions>" + signed + "</Extensions></KeyContainer>"))
                .contains("exactly one Signature"));
        assertTrue(failure(with(signed, signature, signature + signature)).contains("exactly one Signature"));
    }

    /** The signature covers neither its own content nor comments. */
    @Test
    void readsOnlySignedContent() throws Exception {
        String signed = signer.sign(TOTP);
        String keyPackage = TOTP.substring(TOTP.indexOf("<KeyPackage>"), TOTP.indexOf("</KeyContainer>"))
                .replace("<KeyPackage>", "<KeyPackage xmlns=\"urn:ietf:params:xml:ns:keyprov:pskc\">");
        assertEquals(
                1,
                SeedFiles.read(with(signed, "</KeyInfo>", keyPackage + "</KeyInfo>"), PskcKey.none())
                        .size());
        String slipped = with(signed, "</KeyInfo>", keyPackage + "</KeyInfo>");
        assertEquals(good(TOTP), seed(slipped, Signed.RSA.getPublic()));
        assertEquals(good(TOTP), seed(with(signed, "101199980021", "1011<!-- x -->99980021"), Signed.RSA.getPublic()));
        assertEquals(good(TOTP), seed(with(signed, "<KeyPackage>", "<!-- x --><KeyPackage>"), Signed.RSA.getPublic()));
        signer.withObject = true;
        assertTrue(failure(signer.sign(TOTP)).contains("it must refer to the whole document and to nothing else"));
    }

    @Test
    void rejectsTransformsThatOmitContent() throws Exception {
        String signed = signer.sign(TOTP);
        String transform = "<Transform Algorithm=\"" + Transform.ENVELOPED + "\"/>";
        String xpath = "<Transform Algorithm=\"" + Transform.XPATH + "\"><XPath>self::x</XPath></Transform>";
        String xslt = "<Transform Algorithm=\"" + Transform.XSLT
                + "\"><x:stylesheet xmlns:x=\"http://www.w3.org/1999/XSL/Transform\"/></Transform>";
        for (String changed : List.of(
                with(signed, transform, transform + xpath),
                with(signed, transform, xpath + transform),
                with(signed, transform, transform + xslt),
                with(signed, transform, transform.replace(Transform.ENVELOPED, C14N)),
                with(signed, transform, transform + transform),
                with(signed, "<Transforms>" + transform + "</Transforms>", ""))) {
            assertTrue(failure(changed).contains("is not valid"), failure(changed));
        }
        assertTrue(failure(with(signed, transform, transform + transform))
                .contains("its transforms must be enveloped-signature"));
        assertTrue(failure(with(signed, transform, transform.replace(Transform.ENVELOPED, C14N)))
                .contains("its transforms must be enveloped-signature"));
        signer.canonical = CanonicalizationMethod.INCLUSIVE_WITH_COMMENTS;
        assertTrue(failure(signer.sign(TOTP)).contains("over canonical XML"));
    }

    @Test
    void rejectsTwoReferences() throws Exception {
        signer.twoReferences = true;
        assertTrue(failure(signer.sign(TOTP)).contains("it must refer to the whole document and to nothing else"));
    }

    @Test
    void rejectsAMalformedSignature() throws Exception {
        String signed = signer.sign(TOTP);
        for (String name : List.of("SignatureValue", "DigestValue", "SignedInfo", "Reference", "SignatureMethod")) {
            String broken = signed.replaceAll("<(/?)" + name + "(?=[ />])", "<$1X" + name);
            assertTrue(failure(broken).contains("is not valid"), failure(broken));
        }
        assertTrue(failure(signed.replaceFirst("<SignatureValue>[^<]*", "<SignatureValue>"))
                .contains("is not valid"));
        assertTrue(failure(signed.replaceFirst("<DigestValue>[^<]*", "<DigestValue>"))
                .contains("is not valid"));
    }

    @Test
    void appliesTheLimitsToASignedFile() throws Exception {
        assertTrue(failure("<!DOCTYPE KeyContainer>" + signer.sign(TOTP)).contains("a document type"));
        assertTrue(failure("<a>").contains("not well-formed"));
        assertTrue(failure("<a>" + "<b>".repeat(100_000)).contains("elements more than 16 deep"));
        String signed = signer.sign(TOTP);
        int length = signed.getBytes(StandardCharsets.UTF_8).length;
        SeedLimits exact = SeedLimits.DEFAULT
                .withMaxBytes(1 << 20)
                .withMaxSignedBytes(length)
                .withMaxRecords(1)
                .withMaxIterations(1);
        assertEquals(
                1,
                all(PskcReader.openSigned(stream(signed), PskcKey.none(), Signed.RSA.getPublic(), exact))
                        .size());
        SeedLimits less = SeedLimits.DEFAULT
                .withMaxBytes(1 << 20)
                .withMaxSignedBytes(length - 1)
                .withMaxRecords(1)
                .withMaxIterations(1);
        SeedReader reader = PskcReader.openSigned(stream(signed), PskcKey.none(), Signed.RSA.getPublic(), less);
        SeedFileException e = assertThrows(SeedFileException.class, reader::hasNext);
        assertTrue(String.valueOf(e.getMessage()).contains("longer than " + (length - 1) + " bytes"));
    }

    @Test
    void readsAFileLargerThanAPiece() throws Exception {
        String keyPackage = TOTP.substring(TOTP.indexOf("<KeyPackage>"), TOTP.indexOf("</KeyContainer>"));
        String many = with(TOTP, keyPackage, keyPackage.repeat(300));
        assertTrue(many.length() > BoundedStream.MAX_PIECE);
        assertEquals(300, read(signer.sign(many), Signed.RSA.getPublic()).size());
    }
}
