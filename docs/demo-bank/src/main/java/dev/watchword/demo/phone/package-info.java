/** The phones of the demonstration, on the library's classes for apps. They exist in the profile demo only. */
@NullMarked
package dev.watchword.demo.phone;

import org.jspecify.annotations.NullMarked;
