package dev.watchword.otp.lifecycle.seeds;

import java.util.List;

/** The namespaces and algorithm URIs of PSKC (RFC 6030 §1.3), and those that it takes from other standards. */
final class Pskc {
    static final String NAMESPACE = "urn:ietf:params:xml:ns:keyprov:pskc";
    static final String DS = "http://www.w3.org/2000/09/xmldsig#";
    static final String DS_MORE = "http://www.w3.org/2001/04/xmldsig-more#";
    static final String XENC = "http://www.w3.org/2001/04/xmlenc#";
    static final String XENC11 = "http://www.w3.org/2009/xmlenc11#";
    static final String PKCS5 = "http://www.rsasecurity.com/rsalabs/pkcs/schemas/pkcs-5v2-0#";
    static final String HOTP = NAMESPACE + ":hotp";
    static final String TOTP = NAMESPACE + ":totp";
    static final String OCRA = NAMESPACE + ":ocra";

    /** The namespaces of containers from before RFC 6030 begin with one of these. */
    private static final List<String> DRAFTS = List.of(
            NAMESPACE + ":",
            NAMESPACE + "#",
            "urn:ietf:params:xml:ns:keyprov:container",
            "urn:ietf:params:xml:schema:keyprov:",
            "http://www.openauthentication.org/",
            "http://www.oathcerts.org/",
            "http://www.ietf.org/keyprov/pskc");

    private Pskc() {}

    /** Returns whether a namespace is that of a container from before RFC 6030. */
    static boolean isDraft(String namespace) {
        return DRAFTS.stream().anyMatch(namespace::startsWith);
    }

    /**
     * Returns whether a namespace is that of PSKC or of one of its drafts. An empty namespace counts as PSKC, because it is
     * probably an omission.
     */
    static boolean isOwn(String namespace) {
        return namespace.isEmpty() || namespace.startsWith(NAMESPACE);
    }
}
