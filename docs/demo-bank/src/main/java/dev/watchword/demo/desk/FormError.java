package dev.watchword.demo.desk;

/**
 * An error that a page shows.
 *
 * @param field the field that the operator has to correct; empty if none
 * @param text the sentence
 */
record FormError(String field, String text) {}
