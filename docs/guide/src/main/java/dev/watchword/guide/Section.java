package dev.watchword.guide;

/**
 * A heading of a document.
 *
 * @param level 1 for the title, 2 for a section, and so on
 * @param text the text without formatting
 * @param anchor the anchor, unique in the document
 * @param isRepeated whether another heading of the document has the same text, so that a link to it is ambiguous
 */
record Section(int level, String text, String anchor, boolean isRepeated) {}
