package dev.watchword.otp;

import java.security.MessageDigest;

/**
 * The two digests of an HMAC (RFC 2104), once they have taken in the padded key.
 *
 * @param inner hashes the message
 * @param outer hashes the hash of the message
 */
record KeyedDigests(MessageDigest inner, MessageDigest outer) {}
