package dev.watchword.otp.lifecycle.stock;

/** The names of PSKC (RFC 6030 §1.3) and of what it borrows. */
final class Pskc {
    static final String NAMESPACE = "urn:ietf:params:xml:ns:keyprov:pskc";
    static final String DS = "http://www.w3.org/2000/09/xmldsig#";
    static final String DS_MORE = "http://www.w3.org/2001/04/xmldsig-more#";
    static final String XENC = "http://www.w3.org/2001/04/xmlenc#";
    static final String XENC11 = "http://www.w3.org/2009/xmlenc11#";
    static final String PKCS5 = "http://www.rsasecurity.com/rsalabs/pkcs/schemas/pkcs-5v2-0#";
    static final String HOTP = NAMESPACE + ":hotp";
    static final String TOTP = NAMESPACE + ":totp";

    private Pskc() {}

    /** Tells whether a namespace is PSKC's, one of its drafts', or none at all, where it was meant to be PSKC's. */
    static boolean isOwn(String namespace) {
        return namespace.isEmpty() || namespace.startsWith(NAMESPACE);
    }
}
