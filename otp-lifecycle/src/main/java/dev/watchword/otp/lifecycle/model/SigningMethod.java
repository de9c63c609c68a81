package dev.watchword.otp.lifecycle.model;

/** How a holder confirms a signing request. The policy and the holder's token determine it. */
public enum SigningMethod {
    /** The app receives the request, shows the details and signs all of them. */
    APP,
    /**
     * The holder types a challenge into a token with a keypad. The challenge is derived from all details, and the holder
     * types the token's response. The token does not show the details.
     */
    TYPED_CHALLENGE,
    /**
     * The holder types one detail into a token with a keypad, such as the payee's account number, and then the token's
     * response. The token signs that detail only.
     */
    TYPED_DETAIL,
    /**
     * The holder types an ordinary code of the token. The code proves that the holder has the token, and signs no detail. It is
     * the weakest method, and the policy has to allow it (R13.3).
     */
    PLAIN_CODE
}
