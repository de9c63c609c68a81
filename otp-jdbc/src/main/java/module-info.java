import org.jspecify.annotations.NullMarked;

/** Where tokens live: a {@linkplain dev.watchword.otp.lifecycle.spi.TokenStore store} on a database, H2 embedded. */
@NullMarked
module dev.watchword.otp.jdbc {
    requires static org.jspecify;
    requires static com.h2database;
    requires java.naming; // H2's data source needs it; an automatic module cannot say so
    requires transitive dev.watchword.otp.lifecycle;
    requires transitive java.sql;

    exports dev.watchword.otp.jdbc;
}
