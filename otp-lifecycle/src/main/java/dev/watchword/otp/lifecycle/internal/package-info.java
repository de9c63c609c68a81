/** Helpers that every package may use. Not exported. */
package dev.watchword.otp.lifecycle.internal;
