package dev.watchword.otp;

import java.security.MessageDigest;

/**
 * The two digests of an HMAC (RFC 2104) that have absorbed the padded key.
 *
 * @param inner the digest of the message
 * @param outer the digest of the inner hash
 */
record KeyedDigests(MessageDigest inner, MessageDigest outer) {}
