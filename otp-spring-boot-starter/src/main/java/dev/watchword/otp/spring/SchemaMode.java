package dev.watchword.otp.spring;

/** The tool that applies the schema of the store, as the property {@code watchword.schema} names it. */
enum SchemaMode {
    /** Flyway if the application uses it, otherwise Liquibase if the application uses it, otherwise the library. */
    AUTO,
    /** Flyway, in a history beside that of the application. */
    FLYWAY,
    /** Liquibase, with the change log in the jar. */
    LIQUIBASE,
    /** The library, under a lock. */
    APPLY,
    /** Nothing at this start. The schema must exist. */
    NONE
}
