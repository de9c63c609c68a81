/** A clock and an authenticator for tests of code that uses one-time passwords. Independent of any test framework. */
package dev.watchword.otp.testing;
