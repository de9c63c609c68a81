/**
 * The values of the library: identifiers, enrolments and tokens as stores keep them, events, registrations, outcomes and
 * exceptions. They are immutable and validate themselves. Only the state machine decides how they change.
 */
@CheckReturnValue
package dev.watchword.otp.lifecycle.model;
