package dev.watchword.demo.desk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchword.demo.visit.HttpVisitor;
import dev.watchword.demo.visit.Texts;
import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.StockState;
import dev.watchword.otp.lifecycle.seeds.PskcKey;
import dev.watchword.otp.lifecycle.seeds.PskcWriter;
import dev.watchword.otp.lifecycle.seeds.Seed;
import dev.watchword.otp.lifecycle.seeds.SeedProfile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator imports a maker's file. */
class ImportTest {
    private static final String SECRET = "3132333435363738393031323334353637383930";
    private static Branch branch;

    @TempDir
    Path directory;

    @BeforeAll
    static void open() {
        branch = new Branch();
    }

    @AfterAll
    static void close() {
        branch.close();
    }

    private static String text(String key, Object... values) {
        return branch.texts.of(key, values);
    }

    private Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("tokens.csv"), content);
    }

    private static HttpVisitor upload(String batch, String layout, Path file) {
        HttpVisitor operator = branch.operator();
        operator.open("/desk/stock");
        operator.press(text("desk.import.title"));
        operator.fill(text("desk.import.batch"), batch);
        operator.choose(text("desk.import.layout"), text("desk.layout." + layout));
        operator.attach(text("desk.import.file"), file);
        return operator;
    }

    private static boolean isKnown(String serial) {
        return branch.institution().stock().state(serial).isPresent();
    }

    @Test
    void aFileBecomesStock() throws IOException {
        HttpVisitor operator = upload(
                "delivery-1",
                "SERIAL_HEX",
                file("11110000001," + SECRET + "\n11110000002,3132333435363738393031323334353637383931\n"));
        operator.press(text("desk.import.submit"));
        assertThat(operator.text()).contains(text("desk.stock.imported", 2, "delivery-1"));
        assertThat(branch.institution().stock().state("11110000002")).hasValue(StockState.AVAILABLE);
        assertThat(operator.source()).doesNotContain(SECRET);
    }

    @Test
    @Tag("R5.1")
    void eachBadLineIsShownAndNothingIsStocked() throws IOException {
        HttpVisitor operator = upload("delivery-2", "SERIAL_HEX", file("""
                22220000001,%s
                22220000002,3132
                22220000003,%s
                2222,%s
                """.formatted(SECRET, SECRET, SECRET)));
        operator.press(text("desk.import.submit"));
        assertThat(operator.title()).isEqualTo("Error: " + text("desk.import.title"));
        assertThat(operator.text()).contains(text("desk.bad.total", 2));
        assertThat(operator.facts("2"))
                .contains("22220000002")
                .last()
                .asString()
                .isNotBlank();
        assertThat(operator.facts("4")).contains("2222").last().asString().isNotBlank();
        assertThat(isKnown("22220000001")).isFalse();
        assertThat(isKnown("22220000003")).isFalse();
        assertThat(operator.source()).doesNotContain(SECRET).contains("delivery-2");
    }

    /** The first line clashes with the stock, which the library finds after it has read the other lines. */
    @Test
    void badLinesAreInTheOrderOfTheFile() throws IOException {
        branch.stock("77770000001");
        HttpVisitor operator = upload(
                "delivery-9",
                "SERIAL_HEX",
                file("77770000001,%s\n77770000002,3132\n77770000003,3132\n".formatted(SECRET)));
        operator.press(text("desk.import.submit"));
        assertThat(operator.texts("main tbody th")).containsExactly("1", "2", "3");
    }

    /** Only the rule for the maker is in English. */
    @Test
    void problemsAreDescribedInTheLanguageOfThePage() throws IOException {
        Texts japanese = new Texts(Locale.JAPANESE);
        HttpVisitor operator = branch.operator(japanese);
        operator.open("/desk/stock/import");
        operator.fill(japanese.of("desk.import.batch"), "delivery-8");
        operator.choose(japanese.of("desk.import.layout"), japanese.of("desk.layout.SERIAL_HEX"));
        operator.attach(japanese.of("desk.import.file"), file("88880000001,3132\n"));
        operator.press(japanese.of("desk.import.submit"));
        assertThat(operator.texts("tbody td > span"))
                .containsExactly("値の形式または範囲が正しくありません。形式の選択を確認し、正しい場合はメーカーに修正したファイルを依頼してください。");
        assertThat(operator.texts("tbody details [lang=en]"))
                .singleElement()
                .asString()
                .contains("secret_hex");

        operator.choose(japanese.of("desk.import.layout"), japanese.of("desk.layout.HEADINGS"));
        operator.attach(japanese.of("desk.import.file"), file("88880000001," + SECRET + "\n"));
        operator.press(japanese.of("desk.import.submit"));
        assertThat(operator.texts("[role=alert] a")).containsExactly("ファイルが選択した形式ではないか、途中で切れています。形式の選択とファイルを確認してください。");
        assertThat(operator.texts("details [lang=en]"))
                .singleElement()
                .asString()
                .contains("does not fit the layout");
        assertThat(operator.source()).doesNotContain(SECRET);
    }

    @Test
    void aTokenWithoutAnExpiryNeedsALifetime() throws IOException {
        HttpVisitor operator = upload("delivery-3", "SERIAL_HEX", file("33330000001," + SECRET + "\n"));
        operator.fill(text("desk.import.years"), "");
        operator.press(text("desk.import.submit"));
        assertThat(operator.facts("1")).contains("33330000001");
        assertThat(isKnown("33330000001")).isFalse();
        operator.fill(text("desk.import.years"), "21");
        operator.press(text("desk.import.submit"));
        assertThat(operator.text()).contains(text("desk.error.years"));
    }

    @Test
    void missingFieldsAreListedTogether() {
        HttpVisitor operator = branch.operator();
        operator.open("/desk/stock/import");
        operator.fill(text("desk.import.batch"), "not a name");
        operator.press(text("desk.import.submit"));
        assertThat(operator.text())
                .contains(text("desk.error.batch.name"), text("desk.error.layout"), text("desk.error.file"));
    }

    @Test
    void aNameIsUsedOnce() throws IOException {
        branch.stock("44440000001");
        HttpVisitor operator = upload(branch.batch(), "SERIAL_HEX", file("44440000002," + SECRET + "\n"));
        operator.press(text("desk.import.submit"));
        assertThat(operator.text()).contains("A batch of this name is in stock.");
        assertThat(operator.count("[role=alert] a[href=#batch]")).isOne();
        assertThat(isKnown("44440000002")).isFalse();
    }

    @Test
    void aFileInAnotherLayoutIsRefused() throws IOException {
        HttpVisitor operator = upload("delivery-5", "HEADINGS", file("55550000001," + SECRET + "\n"));
        operator.press(text("desk.import.submit"));
        assertThat(operator.title()).startsWith("Error: ");
        assertThat(operator.count("[role=alert] a[href=#file]")).isOne();
    }

    @Test
    void anEncryptedFileNeedsItsPassword() throws IOException {
        Path file = directory.resolve("delivery.xml");
        try (OutputStream out = Files.newOutputStream(file);
                PskcWriter writer =
                        PskcWriter.open(out, PskcKey.password("open sesame 1".toCharArray()), new SecureRandom())) {
            writer.write(Seed.builder()
                    .serial(new SerialNumber("66660000001"))
                    .secret(OtpSecret.random(HmacAlgorithm.SHA1, new SecureRandom()))
                    .profile(new SeedProfile.ForTotp(TotpProfile.AUTHENTICATOR_APP, 0, 0))
                    .expiresAt(Instant.parse("2036-01-01T00:00:00Z"))
                    .build());
        }
        HttpVisitor operator = upload("delivery-6", "PSKC_PASSWORD", file);
        operator.fill(text("desk.import.secret"), "close sesame");
        operator.press(text("desk.import.submit"));
        assertThat(operator.title()).startsWith("Error: ");
        assertThat(operator.count("[role=alert] a[href=#secret]")).isOne();
        assertThat(operator.source()).doesNotContain("close sesame");
        assertThat(isKnown("66660000001")).isFalse();

        operator.attach(text("desk.import.file"), file);
        operator.fill(text("desk.import.secret"), "open sesame 1");
        operator.press(text("desk.import.submit"));
        assertThat(operator.text()).contains(text("desk.stock.imported", 1, "delivery-6"));

        HttpVisitor again = upload("delivery-7", "PSKC_KEY", file);
        for (String noKey : List.of("", "no key", "31".repeat(20))) {
            again.attach(text("desk.import.file"), file);
            again.fill(text("desk.import.secret"), noKey);
            again.press(text("desk.import.submit"));
            assertThat(again.text()).contains(text("desk.error.secret"));
        }
    }
}
