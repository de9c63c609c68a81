/**
 * The store on a database: {@link dev.watchword.otp.jdbc.JdbcTokenStore} on any data source, or
 * {@link dev.watchword.otp.jdbc.EmbeddedDatabase} for a file of one's own.
 */
package dev.watchword.otp.jdbc;
