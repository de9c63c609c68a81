/** A bank on Spring Boot: the application of the page docs/spring-boot.md. */
@NullMarked
package dev.watchword.springboot;

import org.jspecify.annotations.NullMarked;
