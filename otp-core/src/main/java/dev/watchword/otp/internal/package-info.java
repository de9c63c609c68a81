/** Checks and encodings that several packages of this module share. No other module sees this package. */
package dev.watchword.otp.internal;
