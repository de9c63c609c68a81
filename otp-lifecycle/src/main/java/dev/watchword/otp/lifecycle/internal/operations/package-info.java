/** The implementations of the jobs and of the tools for operators. Not exported. */
package dev.watchword.otp.lifecycle.internal.operations;
