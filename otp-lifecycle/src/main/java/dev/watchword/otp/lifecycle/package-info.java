/**
 * The life of tokens: {@link dev.watchword.otp.lifecycle.TokenService} is where an application begins, and its outcomes,
 * policy and values are here too.
 */
package dev.watchword.otp.lifecycle;
