package dev.watchword.demo.desk;

import dev.watchword.demo.bank.Customer;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.operations.TokenLists;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Finds customers for an operator: by their user ID and serial numbers in the library, and by their name in the bank. */
@Repository
class HolderSearch {
    /** The greatest number of customers that a search finds. */
    static final int LIMIT = 50;

    private static final String SQL = """
            SELECT login_id, name, address, transfer_limit FROM customer
            WHERE login_id IN (:logins)
                OR REPLACE(REPLACE(name, ' ', ''), '　', '') LIKE :name ESCAPE '!'
            ORDER BY login_id LIMIT :limit
            """;

    private static final String NAMES = "SELECT login_id, name FROM customer WHERE login_id IN (:logins)";

    private final JdbcClient database;
    private final TokenLists lists;

    HolderSearch(JdbcClient database, TokenLists lists) {
        this.database = database;
        this.lists = lists;
    }

    /**
     * Finds customers.
     *
     * @param typed a login ID, user ID or serial number, compared exactly, or a part of a name, compared without spaces; full-width
     *     letters and digits count as half-width ones
     * @return the customers, by login ID; none for an empty text
     */
    List<Customer> find(String typed) {
        String text = Normalizer.normalize(typed, Normalizer.Form.NFKC).strip();
        if (text.isEmpty()) {
            return List.of();
        }
        String name = text.replace(" ", "").replaceAll("[!%_]", "!$0");
        Stream<String> holders = Stream.of(lists.holderOfUserId(text), lists.holderOfSerial(text))
                .flatMap(Optional::stream)
                .map(Holder::value);
        List<String> logins = Stream.concat(Stream.of(text), holders).toList();
        return database.sql(SQL)
                .param("logins", logins)
                .param("name", "%" + name + "%")
                .param("limit", LIMIT)
                .query(Customer.class)
                .list();
    }

    /** {@return the names of customers by their login IDs; a login ID that the bank does not have is absent} */
    Map<String, String> names(Stream<String> loginIds) {
        List<String> logins = loginIds.distinct().toList();
        Map<String, String> names = new HashMap<>();
        if (!logins.isEmpty()) {
            database.sql(NAMES).param("logins", logins).query((RowCallbackHandler)
                    row -> names.put(row.getString(1), row.getString(2)));
        }
        return names;
    }
}
