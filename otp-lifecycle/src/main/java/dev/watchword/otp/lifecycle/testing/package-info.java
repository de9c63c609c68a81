/**
 * What test authors use: a service in memory, and the contract that every store must pass. Free of any test framework.
 */
package dev.watchword.otp.lifecycle.testing;
