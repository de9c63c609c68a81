/** What test authors use: a clock that is moved by hand. Free of any test framework. */
package dev.watchword.otp.testing;
