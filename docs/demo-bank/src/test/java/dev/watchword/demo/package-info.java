/** Tests of the demo bank through its pages. */
@NullMarked
package dev.watchword.demo;

import org.jspecify.annotations.NullMarked;
