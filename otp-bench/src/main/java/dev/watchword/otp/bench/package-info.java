/** What it costs. */
@NullMarked
package dev.watchword.otp.bench;

import org.jspecify.annotations.NullMarked;
