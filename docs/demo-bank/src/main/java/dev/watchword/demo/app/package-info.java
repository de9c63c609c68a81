/** The interface to which the app on a phone connects. */
@NullMarked
package dev.watchword.demo.app;

import org.jspecify.annotations.NullMarked;
