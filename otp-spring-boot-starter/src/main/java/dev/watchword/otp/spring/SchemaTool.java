package dev.watchword.otp.spring;

/**
 * A migration tool of the application that applies the schema of the store. Its bean exists only if the tool runs.
 *
 * @param mode the property value that selects the tool
 */
record SchemaTool(SchemaMode mode) {}
