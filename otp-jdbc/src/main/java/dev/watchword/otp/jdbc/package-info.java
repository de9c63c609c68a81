/**
 * The token store on a database. {@link dev.watchword.otp.jdbc.JdbcTokenStore} works on any data source of a supported
 * product. {@link dev.watchword.otp.jdbc.EmbeddedDatabase} is an H2 database in a file.
 */
package dev.watchword.otp.jdbc;
