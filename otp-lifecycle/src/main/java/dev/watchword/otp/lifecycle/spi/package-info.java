/** What an institution plugs in: where enrolments are stored, where keys and numbers come from. */
package dev.watchword.otp.lifecycle.spi;
