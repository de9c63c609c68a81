/** Tests of the chains of the site. */
@NullMarked
package dev.watchword.demo.security;

import org.jspecify.annotations.NullMarked;
