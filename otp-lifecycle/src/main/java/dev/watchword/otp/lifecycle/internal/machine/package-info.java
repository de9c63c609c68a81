/** The state machine: pure decisions on an enrolment. It uses no clock, store, randomness or cryptography. */
package dev.watchword.otp.lifecycle.internal.machine;
