/** The implementations of the jobs and of the operators' work. Not exported. */
package dev.watchword.otp.lifecycle.internal.operations;
