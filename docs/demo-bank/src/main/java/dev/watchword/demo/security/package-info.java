/** Who may see which page. */
@NullMarked
package dev.watchword.demo.security;

import org.jspecify.annotations.NullMarked;
