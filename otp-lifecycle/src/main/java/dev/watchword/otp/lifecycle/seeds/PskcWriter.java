package dev.watchword.otp.lifecycle.seeds;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.HmacAlgorithm;
import dev.watchword.otp.OcraSuite;
import dev.watchword.otp.OtpSecret;
import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * A writer of PSKC files (RFC 6030), plain or encrypted. It writes one seed at a time.
 *
 * <p>The writer encrypts only the secrets, with AES-CBC, and authenticates each with HMAC-SHA256. It derives a 256-bit key
 * from a password with 600,000 iterations of PBKDF2 with HMAC-SHA256.
 *
 * <p>{@link PskcReader} reads back equal seeds if each seed has a {@link SeedLabel#KEY_ID}. Not safe for use by several
 * threads.
 */
public final class PskcWriter implements AutoCloseable {
    private static final int ITERATIONS = 600_000;
    private static final int SALT_LENGTH = 16;
    private static final int KEY_LENGTH = 32;

    private final OutputStream out;
    private final XmlSink xml;
    private final @Nullable ValueSealer sealer;
    private boolean closed;

    private PskcWriter(OutputStream out, PskcKey key, SecureRandom random, int iterations) {
        this.out = requireNonNull(out, "out");
        byte[] salt = new byte[SALT_LENGTH];
        random.nextBytes(salt);
        char[] password = key.password();
        SecretKey secretKey = password == null ? key.shared() : derived(password, salt, iterations);
        this.sealer = secretKey == null ? null : new ValueSealer(secretKey, random);
        this.xml = new XmlSink(out);
        xml.start(
                "KeyContainer",
                "Version",
                "1.0",
                "xmlns",
                Pskc.NAMESPACE,
                "xmlns:ds",
                Pskc.DS,
                "xmlns:xenc",
                Pskc.XENC,
                "xmlns:xenc11",
                Pskc.XENC11,
                "xmlns:pkcs5",
                Pskc.PKCS5);
        if (sealer != null) {
            writeEncryptionKey(password == null ? null : salt, iterations);
            sealer.writeMacMethod(xml);
        }
    }

    /**
     * Begins a file and writes its head.
     *
     * @param out the stream to write to; {@link #close()} closes it
     * @param key the key that encrypts the secrets; {@link PskcKey#none()} writes them in plain
     * @param random the source of the salt, the IVs and the MAC key
     * @return the writer
     * @throws IllegalArgumentException if the key does not reveal its length, or cannot encrypt
     * @throws IllegalStateException if the password was destroyed
     * @throws SeedFileException if the stream fails
     */
    public static PskcWriter open(OutputStream out, PskcKey key, SecureRandom random) {
        return open(out, key, random, ITERATIONS);
    }

    static PskcWriter open(OutputStream out, PskcKey key, SecureRandom random, int iterations) {
        return new PskcWriter(out, key, random, iterations);
    }

    private static SecretKey derived(char[] password, byte[] salt, int iterations) {
        try {
            return Pbkdf2.derive("SHA256", password, salt, iterations, KEY_LENGTH);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "The Java runtime has no PBKDF2 with HMAC-SHA256; install a security provider that has it", e);
        }
    }

    private void writeEncryptionKey(byte @Nullable [] salt, int iterations) {
        xml.start("EncryptionKey");
        if (salt == null) {
            xml.text("ds:KeyName", "Pre-shared-key");
        } else {
            xml.start("xenc11:DerivedKey");
            xml.start("xenc11:KeyDerivationMethod", "Algorithm", Pskc.PKCS5 + "pbkdf2");
            xml.start("pkcs5:PBKDF2-params");
            xml.start("Salt");
            xml.base64("Specified", salt);
            xml.end();
            xml.text("IterationCount", Integer.toString(iterations));
            xml.text("KeyLength", Integer.toString(KEY_LENGTH));
            xml.start("PRF", "Algorithm", Pskc.DS_MORE + "hmac-sha256");
            xml.end();
            xml.end();
            xml.end();
            xml.end();
        }
        xml.end();
    }

    /**
     * Writes one seed. A seed without a {@link SeedLabel#KEY_ID} gets its serial number as key ID. A seed with a key for
     * signing becomes two key packages. The second has the ID of the serial number and {@code -ocra}.
     *
     * <p>The writer rejects a seed that a reader would reject:
     *
     * <ul>
     *   <li>One of its secrets has fewer than {@value OtpSecret#MIN_LENGTH} bytes.
     *   <li>Its T0 is not the Unix epoch, or its time step is longer than 3600 seconds.
     *   <li>Its time step number or one of its counters has more than 18 digits.
     *   <li>One of its dates lies before 1970 or after 9999.
     * </ul>
     *
     * @param seed the seed
     * @throws IllegalArgumentException if a reader would reject the seed
     * @throws IllegalStateException if a secret was destroyed
     * @throws SeedFileException if the stream fails
     */
    public void write(Seed seed) {
        requireReadable(seed);
        SeedSigning signing = seed.signing();
        if (signing != null) {
            requireReadable(signing);
        }
        startPackage(seed);
        writeKey(seed);
        xml.end();
        if (signing != null) {
            startPackage(seed);
            writeSigningKey(seed, signing);
            xml.end();
        }
    }

    private void startPackage(Seed seed) {
        Map<SeedLabel, String> labels = seed.labels();
        xml.start("KeyPackage");
        xml.start("DeviceInfo");
        xml.text("Manufacturer", labels.get(SeedLabel.MANUFACTURER));
        xml.text("SerialNo", seed.serial().value());
        xml.text("Model", labels.get(SeedLabel.MODEL));
        xml.text("IssueNo", labels.get(SeedLabel.ISSUE_NO));
        xml.text("DeviceBinding", labels.get(SeedLabel.DEVICE_BINDING));
        xml.text("UserId", labels.get(SeedLabel.DEVICE_USER_ID));
        xml.end();
        if (labels.containsKey(SeedLabel.CRYPTO_MODULE_ID)) {
            xml.start("CryptoModuleInfo");
            xml.text("Id", labels.get(SeedLabel.CRYPTO_MODULE_ID));
            xml.end();
        }
    }

    private static void requireReadable(Seed seed) {
        long number;
        if (seed.profile() instanceof SeedProfile.ForTotp totp) {
            number = totp.time();
            if (!totp.profile().t0().equals(Instant.EPOCH)
                    || totp.profile().timeStep().toSeconds() > KeyPackage.MAX_TIME_STEP) {
                throw new IllegalArgumentException(
                        "A TOTP key in PSKC must have T0 at the Unix epoch and a time step of at most 3600 seconds");
            }
        } else {
            number = ((SeedProfile.ForHotp) seed.profile()).counter();
        }
        if (number > KeyPackage.MAX_NUMBER) {
            throw new IllegalArgumentException("A time or counter in PSKC must have at most 18 digits");
        }
        Instant start = seed.startsAt();
        Instant expiry = seed.expiresAt();
        if ((start != null && !SeedText.isDate(start)) || (expiry != null && !SeedText.isDate(expiry))) {
            throw new IllegalArgumentException("A start or expiry in PSKC must lie in the years 1970 to 9999");
        }
        requireLength(seed.secret());
    }

    private static void requireReadable(SeedSigning signing) {
        if (signing.counter() > KeyPackage.MAX_NUMBER) {
            throw new IllegalArgumentException("A counter in PSKC must have at most 18 digits");
        }
        requireLength(signing.secret());
    }

    private static void requireLength(OtpSecret secret) {
        byte[] bytes = secret.exposeBytes();
        Arrays.fill(bytes, (byte) 0);
        if (bytes.length < OtpSecret.MIN_LENGTH) {
            throw new IllegalArgumentException(
                    "A secret in PSKC must have at least " + OtpSecret.MIN_LENGTH + " bytes (RFC 4226 §4, R6)");
        }
    }

    private void writeKey(Seed seed) {
        Map<SeedLabel, String> labels = seed.labels();
        boolean isTotp = seed.profile() instanceof SeedProfile.ForTotp;
        String id = labels.getOrDefault(SeedLabel.KEY_ID, seed.serial().value());
        xml.start("Key", "Id", id, "Algorithm", isTotp ? Pskc.TOTP : Pskc.HOTP);
        xml.text("Issuer", labels.get(SeedLabel.ISSUER));
        if (seed.profile() instanceof SeedProfile.ForTotp totp) {
            writeParameters(totp.profile().algorithm(), totp.profile().digits());
        } else if (seed.profile() instanceof SeedProfile.ForHotp hotp) {
            writeParameters(hotp.profile().algorithm(), hotp.profile().digits());
        }
        xml.text("KeyProfileId", labels.get(SeedLabel.KEY_PROFILE_ID));
        xml.text("KeyReference", labels.get(SeedLabel.KEY_REFERENCE));
        writeData(seed);
        xml.text("UserId", labels.get(SeedLabel.KEY_USER_ID));
        writePolicy(seed, "OTP");
        xml.end();
    }

    /** Writes the key for signing without labels, because a seed has those of the key for codes. */
    private void writeSigningKey(Seed seed, SeedSigning signing) {
        OcraSuite suite = signing.suite();
        xml.start("Key", "Id", seed.serial().value() + "-ocra", "Algorithm", Pskc.OCRA);
        xml.start("AlgorithmParameters");
        xml.text("Suite", suite.text());
        xml.start(
                "ChallengeFormat",
                "Encoding",
                OcraKey.encoding(suite),
                "Min",
                "1",
                "Max",
                Integer.toString(suite.challengeLength()));
        xml.end();
        xml.start(
                "ResponseFormat",
                "Length",
                Integer.toString(suite.responseLength()),
                "Encoding",
                suite.digits() == 0 ? "HEXADECIMAL" : "DECIMAL");
        xml.end();
        xml.end();
        xml.start("Data");
        writeSecret(signing.secret());
        if (suite.hasCounter()) {
            writeNumber("Counter", signing.counter());
        }
        xml.end();
        writePolicy(seed, "CR");
        xml.end();
    }

    private void writePolicy(Seed seed, String usage) {
        xml.start("Policy");
        xml.text("StartDate", seed.startsAt() == null ? null : seed.startsAt().toString());
        xml.text(
                "ExpiryDate", seed.expiresAt() == null ? null : seed.expiresAt().toString());
        xml.text("KeyUsage", usage);
        xml.end();
    }

    private void writeParameters(HmacAlgorithm algorithm, int digits) {
        xml.start("AlgorithmParameters");
        xml.text("Suite", "HMAC-" + algorithm.name());
        xml.start("ResponseFormat", "Length", Integer.toString(digits), "Encoding", "DECIMAL");
        xml.end();
        xml.end();
    }

    private void writeData(Seed seed) {
        xml.start("Data");
        writeSecret(seed.secret());
        if (seed.profile() instanceof SeedProfile.ForTotp totp) {
            writeNumber("Time", totp.time());
            writeNumber("TimeInterval", totp.profile().timeStep().toSeconds());
            writeNumber("TimeDrift", totp.drift());
        } else if (seed.profile() instanceof SeedProfile.ForHotp hotp) {
            writeNumber("Counter", hotp.counter());
        }
        xml.end();
    }

    private void writeSecret(OtpSecret secret) {
        xml.start("Secret");
        byte[] bytes = secret.exposeBytes();
        if (sealer == null) {
            xml.base64("PlainValue", bytes);
        } else {
            sealer.write(xml, bytes);
        }
        Arrays.fill(bytes, (byte) 0);
        xml.end();
    }

    private void writeNumber(String name, long number) {
        xml.start(name);
        xml.text("PlainValue", Long.toString(number));
        xml.end();
    }

    /**
     * Ends the file and closes its stream. Without this call the file is not well-formed, and every reader rejects it. A
     * second call has no effect.
     *
     * @throws SeedFileException if the stream fails
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        xml.finish();
        try {
            out.close();
        } catch (IOException e) {
            throw new SeedFileException(
                    FileProblem.STORAGE,
                    "Writing the seed file failed with an I/O error; write the whole file again",
                    e);
        }
    }
}
