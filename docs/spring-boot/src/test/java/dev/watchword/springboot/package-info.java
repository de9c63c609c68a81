/** Tests of the sample, and of the page that shows it. */
@NullMarked
package dev.watchword.springboot;

import org.jspecify.annotations.NullMarked;
