/**
 * The test kit: an in-memory store and institutions on it, a fake phone, the contract of stores, and races. It needs no test framework.
 */
package dev.watchword.otp.lifecycle.testing;
