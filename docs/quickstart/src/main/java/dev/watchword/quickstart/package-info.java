/**
 * The whole lifecycle of a token, as a program to read and to run. Begin with {@link
 * dev.watchword.quickstart.Quickstart}.
 */
@NullMarked
package dev.watchword.quickstart;

import org.jspecify.annotations.NullMarked;
