package dev.watchword.otp.bench.store;

import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.Totp;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.model.Origin;
import java.time.Instant;
import java.util.Locale;

/**
 * A measurement of the store on each database. It compares verifications a second by the library and by plain JDBC, in
 * alternating intervals. On PostgreSQL it also compares 10,000 tokens with 1,000,000. It counts the round trips and
 * commits of a verification. Run {@code mvn -q -Pstore-ratios}.
 *
 * <p>These system properties control the run:
 * <ul>
 *   <li>{@code store.millis} is the length of an interval in milliseconds.
 *   <li>{@code store.rounds} is the number of intervals.
 *   <li>{@code store.growth} is the larger number of tokens.
 *   <li>{@code store.products} names the databases, with commas between them.
 * </ul>
 */
public final class StoreRatios {
    private static final int FEW = 10_000;
    private static final int THREADS_OF_GROWTH = 16;

    /** The compiler of the JVM needs some ten thousand verifications of each candidate before their speeds are steady. */
    private static final int THREADS_OF_WARM_UP = 16;

    private static final int WARM_UP_INTERVALS = 6;

    private static final long MILLIS = Long.getLong("store.millis", 2_000);
    private static final int ROUNDS = Integer.getInteger("store.rounds", 3);
    private static final int MANY = Integer.getInteger("store.growth", 1_000_000);

    private static final String PRODUCTS = System.getProperty("store.products", "postgresql,mariadb,sqlite");

    private StoreRatios() {}

    /**
     * Measures and prints.
     *
     * @param args ignored
     * @throws Exception if a database does not start or fails
     */
    public static void main(String[] args) throws Exception {
        for (String name : PRODUCTS.split(",", -1)) {
            Product product = Product.valueOf(name.toUpperCase(Locale.ROOT));
            try (HikariDataSource database = filled(product, FEW);
                    HikariDataSource ofTheFloor = filled(product, FEW)) {
                cost(product, database);
                compare(product, database, ofTheFloor);
            }
            origin(product);
            if (product == Product.POSTGRESQL) {
                growth(product);
            }
        }
        System.exit(0); // the threads of the servers are still running
    }

    private static HikariDataSource filled(Product product, int count) throws Exception {
        HikariDataSource database = product.database();
        Holders.fill(database, count);
        return database;
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    private static void cost(Product product, HikariDataSource database) throws Exception {
        Counted counted = new Counted(database);
        Ours ours = new Ours(counted.dataSource);
        counted.roundTrips = 0;
        counted.commits = 0;
        counted.statements.clear();
        long step = 29_000_000;
        Instant at = Instant.ofEpochSecond(step * TotpProfile.BANK.timeStep().toSeconds());
        ours.accept(0, step, Totp.of(TotpProfile.BANK, Holders.SECRET).generate(at));
        ByHand.requireTheSameWords(product, counted.statements);
        print("cost %s accepted roundtrips %d commits %d", product.label(), counted.roundTrips, counted.commits);
    }

    /** The floor has a separate database, because it leaves rows that do not fit their authentication code. */
    private static void compare(Product product, HikariDataSource database, HikariDataSource ofTheFloor)
            throws Exception {
        Load load = new Load(FEW);
        Ours ours = new Ours(database);
        ByHand byHand = new ByHand(ofTheFloor, product);
        load.perSecond(ours, THREADS_OF_WARM_UP, WARM_UP_INTERVALS * MILLIS);
        load.perSecond(byHand, THREADS_OF_WARM_UP, WARM_UP_INTERVALS * MILLIS);
        for (int threads : product == Product.SQLITE ? new int[] {1, 8} : new int[] {1, 4, 16, 64}) {
            Speeds speeds = turnByTurn(
                    millis -> load.perSecond(ours, threads, millis), millis -> load.perSecond(byHand, threads, millis));
            print(
                    "store %s threads %d ours %.0f floor %.0f ratio %.2f",
                    product.label(), threads, speeds.first(), speeds.second(), speeds.ratio());
        }
    }

    /** Compares requests whose source and reference are recorded with requests of which nothing is known. */
    private static void origin(Product product) throws Exception {
        try (HikariDataSource database = filled(product, FEW)) {
            Load load = new Load(FEW);
            Ours with = new Ours(database, Origin.NONE.source("203.0.113.7").reference("request 4711"));
            Ours without = new Ours(database);
            load.perSecond(with, THREADS_OF_WARM_UP, WARM_UP_INTERVALS * MILLIS);
            load.perSecond(without, THREADS_OF_WARM_UP, WARM_UP_INTERVALS * MILLIS);
            int threads = product == Product.SQLITE ? 8 : 16;
            Speeds speeds = turnByTurn(
                    millis -> load.perSecond(with, threads, millis),
                    millis -> load.perSecond(without, threads, millis));
            print(
                    "origin %s threads %d with %.0f without %.0f ratio %.2f",
                    product.label(), threads, speeds.first(), speeds.second(), speeds.ratio());
        }
    }

    private static void growth(Product product) throws Exception {
        try (HikariDataSource few = filled(product, FEW);
                HikariDataSource many = filled(product, MANY)) {
            Load loadOfFew = new Load(FEW);
            Load loadOfMany = new Load(MANY);
            Ours ofFew = new Ours(few);
            Ours ofMany = new Ours(many);
            Speeds speeds = turnByTurn(
                    millis -> loadOfFew.perSecond(ofFew, THREADS_OF_GROWTH, millis),
                    millis -> loadOfMany.perSecond(ofMany, THREADS_OF_GROWTH, millis));
            print("growth %s from %d to %d ratio %.2f", product.label(), FEW, MANY, speeds.ratio());
        }
    }

    /** A measurement of one interval, in operations a second. */
    private interface Turn {
        double of(long millis) throws Exception;
    }

    /** The speeds of two candidates, in operations a second. */
    private record Speeds(double first, double second) {
        double ratio() {
            return first / second;
        }
    }

    /**
     * Warms both candidates up and then measures them in alternating intervals. A slow moment of the machine therefore
     * does not affect only one of them.
     */
    private static Speeds turnByTurn(Turn first, Turn second) throws Exception {
        first.of(MILLIS);
        second.of(MILLIS);
        double ofFirst = 0;
        double ofSecond = 0;
        for (int i = 0; i < ROUNDS; i++) {
            ofFirst += first.of(MILLIS) / ROUNDS;
            ofSecond += second.of(MILLIS) / ROUNDS;
        }
        return new Speeds(ofFirst, ofSecond);
    }
}
