package dev.watchword.otp.bench;

import dev.watchword.otp.HmacAlgorithm;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A measured library: Watchword with each hash function, or a peer with SHA-1. All peers support SHA-1. */
public enum Library {
    /** Watchword with SHA-1. */
    WATCHWORD("watchword", HmacAlgorithm.SHA1),
    /** Watchword with SHA-256. */
    WATCHWORD_SHA256("watchword", HmacAlgorithm.SHA256),
    /** Watchword with SHA-512. */
    WATCHWORD_SHA512("watchword", HmacAlgorithm.SHA512),
    /** {@code com.eatthepath:java-otp}. */
    JAVA_OTP("java-otp", HmacAlgorithm.SHA1),
    /** {@code com.warrenstrange:googleauth}. */
    GOOGLE_AUTH("GoogleAuth", HmacAlgorithm.SHA1),
    /** {@code dev.samstevens.totp:totp}. */
    JAVA_TOTP("java-totp", HmacAlgorithm.SHA1),
    /** {@code com.github.bastiaanjansen:otp-java}. */
    OTP_JAVA("OTP-Java", HmacAlgorithm.SHA1),
    /** {@code eu.fraho.libs:libtotp}. */
    LIBTOTP("libtotp", HmacAlgorithm.SHA1),
    /** {@code dev.turingcomplete:kotlin-onetimepassword}. */
    KOTLIN_ONETIMEPASSWORD("kotlin-onetimepassword", HmacAlgorithm.SHA1),
    /** {@code com.atlassian:onetime}. */
    ONE_TIME("1time", HmacAlgorithm.SHA1),
    /**
     * java-otp with a caller that compares numbers. It is not a peer, because it accepts more texts than the other
     * libraries.
     */
    JAVA_OTP_BY_NUMBER("java-otp-by-number", HmacAlgorithm.SHA1);

    private static final List<Library> OURS = List.of(WATCHWORD, WATCHWORD_SHA256, WATCHWORD_SHA512);

    private final String label;
    private final HmacAlgorithm algorithm;

    Library(String label, HmacAlgorithm algorithm) {
        this.label = label;
        this.algorithm = algorithm;
    }

    static List<Library> ours() {
        return OURS;
    }

    static List<Library> peers() {
        return Arrays.stream(values())
                .filter(it -> it != JAVA_OTP_BY_NUMBER && !OURS.contains(it))
                .toList();
    }

    /** Returns all libraries except Watchword with SHA-1. Some of them are measured but not compared. */
    static List<Library> others() {
        return Arrays.stream(values()).filter(it -> it != WATCHWORD).toList();
    }

    /** Returns the name of the library, without spaces. */
    String label() {
        return label;
    }

    HmacAlgorithm algorithm() {
        return algorithm;
    }

    /**
     * Creates a verifier and checks that it answers correctly. This sets the JVM's default locale to the root locale.
     * Some peers format codes with the default locale, and reject every right code if that locale has other digits.
     */
    Verifier verifier(Entered entered) throws GeneralSecurityException {
        Locale.setDefault(Locale.ROOT);
        Question question = Question.of(algorithm, entered);
        return question.answeredBy(verifier(question));
    }

    private Verifier verifier(Question question) {
        return switch (this) {
            case WATCHWORD, WATCHWORD_SHA256, WATCHWORD_SHA512 -> new WatchwordVerifier(question);
            case JAVA_OTP -> new JavaOtpVerifier(question, false);
            case JAVA_OTP_BY_NUMBER -> new JavaOtpVerifier(question, true);
            case GOOGLE_AUTH -> new GoogleAuthVerifier(question);
            case JAVA_TOTP -> new JavaTotpVerifier(question);
            case OTP_JAVA -> new OtpJavaVerifier(question);
            case LIBTOTP -> new LibtotpVerifier(question);
            case KOTLIN_ONETIMEPASSWORD -> new KotlinOtpVerifier(question);
            case ONE_TIME -> new OneTimeVerifier(question);
        };
    }
}
