package dev.watchword.otp.lifecycle.stock;

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

/** Signs PSKC files as a maker would, rightly or in a way that a reader must not accept. */
final class Signed {
    static final String RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
    static final KeyPair RSA = pair("RSA", 2048);

    String method = RSA_SHA256;
    String digest = DigestMethod.SHA256;
    String uri = "";
    String canonical = CanonicalizationMethod.INCLUSIVE;
    List<String> transforms = List.of(Transform.ENVELOPED);
    boolean twoReferences;
    boolean withObject;
    KeyPair pair = RSA;

    static KeyPair pair(String algorithm, int size) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(size);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String sign(String xml) throws Exception {
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
