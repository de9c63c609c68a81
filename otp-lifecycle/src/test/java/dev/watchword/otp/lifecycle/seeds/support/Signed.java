package dev.watchword.otp.lifecycle.seeds.support;

import java.io.ByteArrayInputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.List;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLObject;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.keyinfo.KeyInfo;
import javax.xml.crypto.dsig.keyinfo.KeyInfoFactory;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;

/**
 * A signer of PSKC files, as a manufacturer would use it. The initial values of its fields give a valid signature. A test
 * changes a field to obtain a signature that a reader must reject.
 */
public final class Signed {
    /** The URI of RSA with SHA-256. */
    public static final String RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
    /** The initial key pair. */
    public static final KeyPair RSA = pair("RSA", 2048);

    /** The URI of the signature algorithm. */
    public String method = RSA_SHA256;
    /** The URI of the digest of the reference. */
    public String digest = DigestMethod.SHA256;
    /** The URI of the reference; empty for the whole document. */
    public String uri = "";
    /** The URI of the canonicalization of the signature. */
    public String canonical = CanonicalizationMethod.INCLUSIVE;
    /** The URIs of the transforms of the reference. */
    public List<String> transforms = List.of(Transform.ENVELOPED);
    /** Whether the signature has the reference twice. */
    public boolean twoReferences;
    /** Whether the signature has an object inside. */
    public boolean withObject;
    /** The key pair of the manufacturer. */
    public KeyPair pair = RSA;

    /** Generates a key pair. */
    public static KeyPair pair(String algorithm, int size) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(size);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns a document with an enveloped signature. */
    public String sign(String xml) throws Exception {
        DocumentBuilderFactory documents = DocumentBuilderFactory.newDefaultNSInstance();
        Document document =
                documents.newDocumentBuilder().parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        XMLSignatureFactory factory = XMLSignatureFactory.getInstance("DOM");
        List<Transform> list = new ArrayList<>();
        for (String transform : transforms) {
            list.add(factory.newTransform(transform, (TransformParameterSpec) null));
        }
        Reference reference = factory.newReference(uri, factory.newDigestMethod(digest, null), list, null, null);
        List<Reference> references = twoReferences ? List.of(reference, reference) : List.of(reference);
        KeyInfoFactory keys = factory.getKeyInfoFactory();
        KeyInfo info = keys.newKeyInfo(List.of(keys.newKeyValue(pair.getPublic())));
        DOMSignContext context = new DOMSignContext(pair.getPrivate(), document.getDocumentElement());
        context.setProperty("org.jcp.xml.dsig.secureValidation", false);
        if (document.getDocumentElement().hasAttribute("Id")) {
            context.setIdAttributeNS(document.getDocumentElement(), null, "Id");
        }
        List<XMLObject> objects = withObject ? List.of(factory.newXMLObject(null, null, null, null)) : List.of();
        factory.newXMLSignature(
                        factory.newSignedInfo(
                                factory.newCanonicalizationMethod(canonical, (C14NMethodParameterSpec) null),
                                factory.newSignatureMethod(method, null),
                                references),
                        info,
                        objects,
                        null,
                        null)
                .sign(context);
        Transformer transformer = TransformerFactory.newDefaultInstance().newTransformer();
        transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
        StringWriter text = new StringWriter();
        transformer.transform(new DOMSource(document), new StreamResult(text));
        return text.toString();
    }
}
