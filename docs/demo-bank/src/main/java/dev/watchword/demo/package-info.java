/** The demo bank. */
@NullMarked
package dev.watchword.demo;

import org.jspecify.annotations.NullMarked;
