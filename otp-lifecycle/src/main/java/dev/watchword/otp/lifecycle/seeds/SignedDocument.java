package dev.watchword.otp.lifecycle.seeds;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.crypto.KeySelector;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Verification of a document that its manufacturer signed as a whole (RFC 6030 §7).
 *
 * <p>The result is the canonical bytes that the verified digest covers. The reader parses these bytes only, so an attacker
 * can neither wrap the signed document in another one nor insert anything into it.
 */
final class SignedDocument {
    private static final Set<String> SIGNATURES = Set.of(
            Pskc.DS_MORE + "rsa-sha256",
            Pskc.DS_MORE + "rsa-sha384",
            Pskc.DS_MORE + "rsa-sha512",
            "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1",
            "http://www.w3.org/2007/05/xmldsig-more#sha384-rsa-MGF1",
            "http://www.w3.org/2007/05/xmldsig-more#sha512-rsa-MGF1",
            Pskc.DS_MORE + "ecdsa-sha256",
            Pskc.DS_MORE + "ecdsa-sha384",
            Pskc.DS_MORE + "ecdsa-sha512");

    private static final Set<String> DIGESTS = Set.of(DigestMethod.SHA256, DigestMethod.SHA384, DigestMethod.SHA512);

    private static final Set<String> CANONICAL = Set.of(
            CanonicalizationMethod.INCLUSIVE, CanonicalizationMethod.EXCLUSIVE, "http://www.w3.org/2006/12/xml-c14n11");

    /** The URIs of SHA-1 and of the signature algorithms that use it. */
    private static final Pattern SHA_1 = Pattern.compile(".*[#-]sha1(-rsa-MGF1)?");

    private SignedDocument() {}

    /** Returns the signed bytes of a file. Throws a {@link SeedFileException} unless the owner of the key signed them. */
    static BoundedStream verified(BoundedStream file, PublicKey signer, int maxBytes) {
        byte[] bytes = all(file, maxBytes);
        XmlSource walk = XmlSource.of(bounded(bytes));
        requireNonNull(walk.root(), "root");
        while (walk.nextChild() != null) {} // enforces the limits before the file is parsed as a whole
        try {
            return bounded(verified(parse(bytes), signer));
        } catch (ParserConfigurationException
                | SAXException
                | IOException
                | MarshalException
                | XMLSignatureException
                | RuntimeException e) {
            throw e instanceof SeedFileException refusal
                    ? refusal
                    : refused("it is malformed, or made with another kind of key");
        }
    }

    private static BoundedStream bounded(byte[] bytes) {
        return new BoundedStream(new ByteArrayInputStream(bytes), Long.MAX_VALUE);
    }

    private static byte[] all(BoundedStream file, int maxBytes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[BoundedStream.MAX_PIECE / 2];
        for (int count = file.read(buffer, 0, buffer.length); count >= 0; count = file.read(buffer, 0, buffer.length)) {
            file.nextPiece();
            bytes.write(buffer, 0, count);
            if (bytes.size() > maxBytes) {
                throw new SeedFileException(
                        FileProblem.TOO_LARGE,
                        "The signed seed file is longer than " + maxBytes
                                + " bytes and must fit in memory; raise SeedLimits.maxSignedBytes, or ask the maker for"
                                + " smaller files",
                        null);
            }
        }
        return bytes.toByteArray();
    }

    private static Element parse(byte[] bytes) throws ParserConfigurationException, SAXException, IOException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
        return factory.newDocumentBuilder()
                .parse(new ByteArrayInputStream(bytes))
                .getDocumentElement();
    }

    private static byte[] verified(Element root, PublicKey signer)
            throws MarshalException, XMLSignatureException, IOException {
        refuseSha1(root);
        DOMValidateContext context =
                new DOMValidateContext(KeySelector.singletonKeySelector(signer), signatureIn(root));
        context.setProperty("org.jcp.xml.dsig.secureValidation", true);
        context.setProperty("javax.xml.crypto.dsig.cacheReference", true);
        if (root.hasAttribute("Id")) {
            context.setIdAttributeNS(root, null, "Id");
        }
        XMLSignature signature = XMLSignatureFactory.getInstance("DOM").unmarshalXMLSignature(context);
        Reference whole = requireWhole(signature, root);
        if (!signature.validate(context)) {
            throw refused("the file was changed, or another key signed it");
        }
        try (InputStream signed = whole.getDigestInputStream()) {
            return signed.readAllBytes();
        }
    }

    /** Refuses SHA-1 before the signature library does, because the message of that library does not name SHA-1. */
    private static void refuseSha1(Element root) {
        NodeList methods = ((Element) signatureIn(root)).getElementsByTagNameNS(Pskc.DS, "*");
        for (int i = 0; i < methods.getLength(); i++) {
            Element method = (Element) methods.item(i);
            boolean names = method.getLocalName().equals("SignatureMethod")
                    || method.getLocalName().equals("DigestMethod");
            if (names && SHA_1.matcher(method.getAttribute("Algorithm")).matches()) {
                throw refused("it is made with SHA-1, which is broken; it must be made with SHA-256 or longer");
            }
        }
    }

    private static Node signatureIn(Element root) {
        List<Node> found = new ArrayList<>();
        for (Node child = root.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (Pskc.DS.equals(child.getNamespaceURI()) && "Signature".equals(child.getLocalName())) {
                found.add(child);
            }
        }
        if (found.size() != 1) {
            throw refused("the file must have exactly one Signature, as a child of KeyContainer");
        }
        return found.get(0);
    }

    /** Returns the reference to the whole document. Rejects any other reference, and weak algorithms. */
    private static Reference requireWhole(XMLSignature signature, Element root) {
        if (!SIGNATURES.contains(signature.getSignedInfo().getSignatureMethod().getAlgorithm())
                || !CANONICAL.contains(
                        signature.getSignedInfo().getCanonicalizationMethod().getAlgorithm())) {
            throw refused(
                    "it must be RSA or ECDSA with SHA-256, SHA-384 or SHA-512, over canonical XML without comments");
        }
        List<Reference> references = signature.getSignedInfo().getReferences();
        if (references.size() != 1 || !signature.getObjects().isEmpty()) {
            throw refused("it must refer to the whole document and to nothing else");
        }
        Reference reference = references.get(0);
        String uri = String.valueOf(reference.getURI());
        if (!uri.isEmpty() && !(root.hasAttribute("Id") && uri.equals("#" + root.getAttribute("Id")))) {
            throw refused("it must cover the whole document");
        }
        if (!DIGESTS.contains(reference.getDigestMethod().getAlgorithm())) {
            throw refused("its digest must be SHA-256, SHA-384 or SHA-512");
        }
        List<Transform> transforms = reference.getTransforms();
        boolean enveloped = !transforms.isEmpty()
                && Transform.ENVELOPED.equals(transforms.get(0).getAlgorithm());
        if (!enveloped
                || transforms.stream().skip(1).anyMatch(transform -> !CANONICAL.contains(transform.getAlgorithm()))) {
            throw refused("its transforms must be enveloped-signature, then canonical XML without comments");
        }
        return reference;
    }

    private static SeedFileException refused(String why) {
        return new SeedFileException(
                FileProblem.SIGNATURE,
                "The signature of the seed file is not valid: " + why + "; ask the maker for a correctly signed file",
                null);
    }
}
