/** Tests of the project as a whole: architecture, public API, pages and prose. */
@NullMarked
package dev.watchword.checks;

import org.jspecify.annotations.NullMarked;
