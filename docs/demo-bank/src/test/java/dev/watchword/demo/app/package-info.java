/** Tests of the interface for apps. */
@NullMarked
package dev.watchword.demo.app;

import org.jspecify.annotations.NullMarked;
