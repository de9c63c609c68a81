package dev.watchword.guide;

import org.commonmark.node.CustomNode;

/** A place at which a word can break. */
final class WordBreak extends CustomNode {}
