/** The way in which every operation works: read, decide, commit, and retry after a lost race. Not exported. */
package dev.watchword.otp.lifecycle.internal.engine;
