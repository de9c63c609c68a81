package dev.watchword.otp.lifecycle.seeds;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.HotpProfile;
import dev.watchword.otp.OtpSecret;
import dev.watchword.otp.TotpProfile;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.seeds.support.SeedFiles;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.Size;

/** A file that a generator writes in a preset layout is read to the equal seeds. */
@Tag("R5.1")
class TextLayoutProperties {
    /** The values of one line. */
    record Line(String serial, String hex, int step, int counter, int digits, boolean totp) {
        byte[] secret() {
            return HexFormat.of().parseHex(hex);
        }

        Seed seed(SeedProfile profile, Map<SeedLabel, String> labels) {
            return Seed.builder()
                    .serial(new SerialNumber(serial))
                    .secret(OtpSecret.fromHex(hex))
                    .profile(profile)
                    .labels(labels)
                    .build();
        }

        SeedProfile totpOf(int theDigits, int theStep) {
            return new SeedProfile.ForTotp(
                    TotpProfile.of(HmacAlgorithm.SHA1, theDigits, Duration.ofSeconds(theStep)), 0, 0);
        }

        SeedProfile hotpOf(int theDigits, int theCounter) {
            return new SeedProfile.ForHotp(new HotpProfile(HmacAlgorithm.SHA1, theDigits), theCounter);
        }
    }

    @Provide
    Arbitrary<Line> lines() {
        return Combinators.combine(
                        Arbitraries.strings()
                                .withChars("ABCXYZabc0123456789-_./")
                                .ofMinLength(1)
                                .ofMaxLength(20),
                        Arbitraries.bytes()
                                .array(byte[].class)
                                .ofMinSize(16)
                                .ofMaxSize(64)
                                .map(HexFormat.of()::formatHex),
                        Arbitraries.integers().between(1, 3600),
                        Arbitraries.integers().between(0, 1_000_000),
                        Arbitraries.integers().between(6, 9),
                        Arbitraries.of(true, false))
                .as(Line::new);
    }

    private static void assertRead(
            TextLayout layout, String head, List<Line> lines, Function<Line, String> row, Function<Line, Seed> seed) {
        String file = lines.stream().map(row).collect(Collectors.joining("\r\n", head, "\r\n"));
        List<Seed> read = SeedFiles.all(CsvSeedReader.open(SeedFiles.stream(file), layout)).stream()
                .map(record -> ((SeedRecord.Good) record).seed())
                .toList();
        assertEquals(lines.stream().map(seed).toList(), read);
    }

    @Property(tries = 200)
    void readsEntra(@ForAll @Size(min = 1, max = 5) List<@From("lines") Line> lines, @ForAll boolean upn) {
        assertRead(
                TextLayouts.ENTRA,
                (upn ? "upn," : "") + "serial number,secret key,time interval,manufacturer,model\n",
                lines,
                line -> (upn ? "a@b.example," : "") + line.serial() + "," + base32(line.secret()) + "," + line.step()
                        + ",\"Maker, Ltd\",M",
                line -> line.seed(
                        line.totpOf(6, line.step()),
                        Map.of(SeedLabel.MANUFACTURER, "Maker, Ltd", SeedLabel.MODEL, "M")));
    }

    @Property(tries = 200)
    void readsSerialAndHex(@ForAll @Size(min = 1, max = 5) List<@From("lines") Line> lines, @ForAll boolean upper) {
        assertRead(
                TextLayouts.SERIAL_HEX,
                "",
                lines,
                line -> line.serial() + "," + (upper ? line.hex().toUpperCase(Locale.ROOT) : line.hex()),
                line -> line.seed(line.totpOf(6, 30), Map.of()));
    }

    @Property(tries = 200)
    void readsOathCsv(@ForAll @Size(min = 1, max = 5) List<@From("lines") Line> lines) {
        assertRead(
                TextLayouts.OATH_CSV,
                "# comment\n",
                lines,
                line -> line.serial() + ", " + line.hex() + ", " + (line.totp() ? "totp" : "hotp") + ", "
                        + line.digits() + ", " + (line.totp() ? line.step() : line.counter()),
                line -> line.seed(
                        line.totp()
                                ? line.totpOf(line.digits(), line.step())
                                : line.hotpOf(line.digits(), line.counter()),
                        Map.of()));
    }

    @Property(tries = 200)
    void readsYubico(@ForAll @Size(min = 1, max = 5) List<@From("lines") Line> lines) {
        assertRead(
                TextLayouts.YUBICO,
                "",
                lines,
                line -> line.serial() + ",,0," + line.hex() + ",,2026-11-24T08:41:07,",
                line -> line.seed(line.hotpOf(6, 0), Map.of()));
        assertRead(
                TextLayouts.YUBICO_TRADITIONAL,
                "",
                lines,
                line -> "OATH-HOTP,11/24/2026 6:55 PM,1," + line.serial() + ",," + line.hex() + ",,,0,0,0,"
                        + line.digits() + ",0,0,0,0,0,0",
                line -> line.seed(line.hotpOf(line.digits(), 0), Map.of()));
    }

    @Property(tries = 200)
    void readsBase64BetweenColons(@ForAll @Size(min = 1, max = 5) List<@From("lines") Line> lines) {
        assertRead(
                TextLayouts.SERIAL_BASE64_COUNTER,
                "",
                lines,
                line -> line.serial() + ":" + Base64.getEncoder().encodeToString(line.secret()) + ":" + line.counter(),
                line -> line.seed(line.hotpOf(6, line.counter()), Map.of()));
    }

    /** Encodes Base32 bit by bit, without the code that the reader uses. */
    private static String base32(byte[] bytes) {
        StringBuilder bits = new StringBuilder();
        for (byte each : bytes) {
            bits.append(Integer.toBinaryString((each & 0xFF) | 0x100).substring(1));
        }
        while (bits.length() % 5 != 0) {
            bits.append('0');
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < bits.length(); i += 5) {
            text.append("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".charAt(Integer.parseInt(bits.substring(i, i + 5), 2)));
        }
        return text.toString();
    }
}
