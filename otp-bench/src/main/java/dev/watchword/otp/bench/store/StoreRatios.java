package dev.watchword.otp.bench.store;

import com.zaxxer.hikari.HikariDataSource;
import dev.watchword.otp.Totp;
import dev.watchword.otp.TotpProfile;
import java.time.Instant;
import java.util.Locale;

/**
 * Measures verifications a second on each database, by the library and by hand, turn by turn; how it grows from 10,000 tokens to
 * 1,000,000; and what a verification says to the database. Run {@code mvn -q -Pstore-ratios}.
 *
 * <p>The system property {@code store.millis} says how long a turn lasts, {@code store.rounds} how many there are, and
 * {@code store.growth} to how many tokens it grows; {@code store.products} names the databases.
 */
public final class StoreRatios {
    private static final int FEW = 10_000;
    private static final int THREADS_OF_GROWTH = 16;

    private static final long MILLIS = Long.getLong("store.millis", 2_000);
    private static final int ROUNDS = Integer.getInteger("store.rounds", 3);
    private static final int MANY = Integer.getInteger("store.growth", 1_000_000);

    private static final String PRODUCTS = System.getProperty("store.products", "postgresql,mariadb,h2");

    private StoreRatios() {}

    /**
     * Measures and prints.
     *
     * @param args none
     * @throws Exception if a database does not start or fails
     */
    public static void main(String[] args) throws Exception {
        for (String name : PRODUCTS.split(",", -1)) {
            Product product = Product.valueOf(name.toUpperCase(Locale.ROOT));
            try (HikariDataSource database = filled(product, FEW)) {
                cost(product, database);
                compare(product, database);
            }
            if (product == Product.POSTGRESQL) {
                growth(product);
            }
        }
        System.exit(0); // the servers' threads go on
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

    private static void compare(Product product, HikariDataSource database) throws Exception {
        Load load = new Load(FEW);
        Ours ours = new Ours(database);
        ByHand byHand = new ByHand(database, product);
        for (int threads : new int[] {1, 4, 16, 64}) {
            Speeds speeds = turnByTurn(
                    millis -> load.perSecond(ours, threads, millis), millis -> load.perSecond(byHand, threads, millis));
            print(
                    "store %s threads %d ours %.0f floor %.0f ratio %.2f",
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

    /** Measures how much is done a second. */
    private interface Turn {
        double of(long millis) throws Exception;
    }

    /** How much two do a second. */
    private record Speeds(double first, double second) {
        double ratio() {
            return first / second;
        }
    }

    /** Lets both warm up and then take turns, so that a slow moment of the machine does not hit only one. */
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
