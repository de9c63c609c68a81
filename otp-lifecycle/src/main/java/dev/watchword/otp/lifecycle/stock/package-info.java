/**
 * The seed files that makers of key fobs deliver: PSKC (RFC 6030), plain, encrypted or signed, and CSV. A
 * {@linkplain dev.watchword.otp.lifecycle.stock.SeedReader reader} gives record after record, each a
 * {@linkplain dev.watchword.otp.lifecycle.stock.Seed seed} or what is wrong with it and where.
 */
package dev.watchword.otp.lifecycle.stock;
