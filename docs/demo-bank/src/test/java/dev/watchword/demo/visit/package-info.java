/** Visitors of the site: without scripts over HTTP, or in a real browser. */
@NullMarked
package dev.watchword.demo.visit;

import org.jspecify.annotations.NullMarked;
