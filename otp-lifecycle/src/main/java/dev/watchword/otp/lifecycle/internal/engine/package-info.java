/** The common sequence of every operation: read, decide, commit, and retry after a lost race. Not exported. */
package dev.watchword.otp.lifecycle.internal.engine;
