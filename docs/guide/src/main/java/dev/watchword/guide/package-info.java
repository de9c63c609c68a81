/** The guide: the documents of the project as static pages. */
@NullMarked
package dev.watchword.guide;

import org.jspecify.annotations.NullMarked;
