/** Database servers for tests and benchmarks. */
package dev.watchword.otp.jdbc.servers;
