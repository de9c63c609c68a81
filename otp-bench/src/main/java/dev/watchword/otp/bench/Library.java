package dev.watchword.otp.bench;

import dev.watchword.otp.HmacAlgorithm;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Who is asked: ours, with each hash function, and its peers with SHA-1, which all of them have. */
public enum Library {
    /** Ours. */
    WATCHWORD("watchword", HmacAlgorithm.SHA1),
    /** Ours with SHA-256. */
    WATCHWORD_SHA256("watchword", HmacAlgorithm.SHA256),
    /** Ours with SHA-512. */
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
    /** java-otp once more, whose caller compares numbers: not a peer, since it answers another question. */
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

    /** The peers, and what is measured but not compared. */
    static List<Library> others() {
        return Arrays.stream(values()).filter(it -> it != WATCHWORD).toList();
    }

    /** Its name, without spaces. */
    String label() {
        return label;
    }

    HmacAlgorithm algorithm() {
        return algorithm;
    }

    /**
     * Makes it ready to be asked, and looks whether it answers rightly. This sets the JVM's default locale: some of the
     * peers format codes with it, and refuse every right one where it has digits of its own.
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
