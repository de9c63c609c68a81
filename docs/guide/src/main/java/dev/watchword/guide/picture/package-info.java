/** The pictures of the guide, each drawn from its source: the edges of the states, the POMs, the benchmarks. */
@NullMarked
package dev.watchword.guide.picture;

import org.jspecify.annotations.NullMarked;
