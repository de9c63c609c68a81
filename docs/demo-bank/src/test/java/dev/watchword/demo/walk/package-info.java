/** The way through the whole manual, from its first page to its last. */
@NullMarked
package dev.watchword.demo.walk;

import org.jspecify.annotations.NullMarked;
