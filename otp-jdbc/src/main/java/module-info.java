import org.jspecify.annotations.NullMarked;

/**
 * The {@linkplain dev.watchword.otp.lifecycle.spi.TokenStore token store} on a database: PostgreSQL, MariaDB, or SQLite,
 * which can be embedded.
 */
@NullMarked
module dev.watchword.otp.jdbc {
    requires static org.jspecify;
    requires static org.xerial.sqlitejdbc;
    requires org.slf4j;
    requires transitive dev.watchword.otp.lifecycle;
    requires transitive java.sql;

    exports dev.watchword.otp.jdbc;
}
