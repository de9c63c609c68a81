import org.jspecify.annotations.NullMarked;

/**
 * The {@linkplain dev.watchword.otp.lifecycle.spi.TokenStore token store} on a database: PostgreSQL, MariaDB, or H2,
 * which can be embedded.
 */
@NullMarked
module dev.watchword.otp.jdbc {
    requires static org.jspecify;
    requires static com.h2database;
    requires org.slf4j;
    requires java.naming; // H2's data source needs it, and an automatic module cannot declare that
    requires transitive dev.watchword.otp.lifecycle;
    requires transitive java.sql;

    exports dev.watchword.otp.jdbc;
}
