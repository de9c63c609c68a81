/**
 * A clock, an authenticator and a device for challenges, for tests of code that uses one-time passwords. Independent of any
 * test framework.
 */
package dev.watchword.otp.testing;
