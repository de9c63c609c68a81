package dev.watchword.demo.desk;

import dev.watchword.demo.bank.Customer;
import dev.watchword.otp.lifecycle.Institution;
import java.text.Normalizer;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Finds customers for an operator. The library has no search by user ID or serial number, so this class reads the library's views for
 * people.
 */
@Repository
class HolderSearch {
    /** The greatest number of customers that a search finds. */
    static final int LIMIT = 50;

    private static final String SQL = """
            SELECT login_id, name, address, transfer_limit FROM customer
            WHERE login_id = :text
                OR login_id IN (SELECT holder FROM otp_readable_enrolment WHERE service_id = :service AND user_id = :text)
                OR login_id IN (SELECT holder FROM otp_readable_serial WHERE service_id = :service AND serial = :text)
                OR REPLACE(REPLACE(name, ' ', ''), '　', '') LIKE :name ESCAPE '!'
            ORDER BY login_id LIMIT :limit
            """;

    private final JdbcClient database;
    private final Institution institution;

    HolderSearch(JdbcClient database, Institution institution) {
        this.database = database;
        this.institution = institution;
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
        return database.sql(SQL)
                .param("text", text)
                .param("service", institution.serviceId().value())
                .param("name", "%" + name + "%")
                .param("limit", LIMIT)
                .query(Customer.class)
                .list();
    }
}
