package dev.watchword.otp.lifecycle.model;

/** The method by which a holder confirms a signing request. The policy and the holder's token determine the method. */
public enum SigningMethod {
    /** The app receives the request, shows the details and signs all of them. */
    APP,
    /**
     * The holder types a challenge into a token with a keypad. The challenge is derived from all details. The holder then types
     * the token's response into the page. The token does not show the details.
     */
    TYPED_CHALLENGE,
    /**
     * The holder types one detail into a token with a keypad, such as the payee's account number. The holder then types the
     * token's response into the page. The token signs that detail only.
     */
    TYPED_DETAIL,
    /**
     * The holder types an ordinary code of the token. The code proves that the holder has the token, and signs no detail. This is
     * the weakest method, and the policy MUST allow it (R13.3).
     */
    PLAIN_CODE
}
