/** The encryption of stored secrets, the hashing of passwords, and the chain of the history. Not exported. */
package dev.watchword.otp.lifecycle.internal.sealing;
