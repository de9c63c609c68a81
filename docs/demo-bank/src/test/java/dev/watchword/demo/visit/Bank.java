package dev.watchword.demo.visit;

import dev.watchword.demo.DemoBank;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** A running instance of the bank. */
public final class Bank implements AutoCloseable {
    private final ConfigurableApplicationContext context;

    private Bank(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** {@return a bank with a new database of SQLite} */
    public static Bank open() {
        return with(newDirectory());
    }

    private static Path newDirectory() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target/banks")), "bank");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Opens an instance.
     *
     * @param directory the directory of the keys and the phones, which all instances of a bank share
     * @param database a JDBC address; {@code null} for a file in the directory
     * @return the instance
     */
    public static Bank open(Path directory, @Nullable String database) {
        return database == null ? with(directory) : with(directory, "--demo.database=" + database);
    }

    /** {@return a bank with a new database of SQLite and these properties} */
    public static Bank with(String... properties) {
        return with(newDirectory(), properties);
    }

    private static Bank with(Path directory, String... properties) {
        Stream<String> fixed = Stream.of(
                "--spring.profiles.active=demo",
                "--server.port=0",
                "--bank.rate.posts-per-minute=100000",
                "--demo.directory=" + directory);
        return new Bank(new SpringApplication(DemoBank.class)
                .run(Stream.concat(fixed, Stream.of(properties)).toArray(String[]::new)));
    }

    /** {@return the address of this instance} */
    public URI address() {
        return URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
    }

    /** {@return a visitor without cookies, whose browser prefers this language} */
    public HttpVisitor visitor(Locale language) {
        return new HttpVisitor(this::address, language);
    }

    /**
     * Returns a bean, to prepare a test or to look behind the pages.
     *
     * @param type the type of the bean
     * @return the bean
     * @param <T> the type
     */
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }
}
