package dev.watchword.otp.spring;

import dev.watchword.otp.jdbc.TablePrefix;
import dev.watchword.otp.lifecycle.model.KeyUnavailableException;
import dev.watchword.otp.lifecycle.model.ServiceId;
import dev.watchword.otp.lifecycle.policy.BackupCodePolicy;
import dev.watchword.otp.lifecycle.policy.ConfirmationPolicy;
import dev.watchword.otp.lifecycle.policy.LockPolicy;
import dev.watchword.otp.lifecycle.policy.ProvisioningWait;
import dev.watchword.otp.lifecycle.policy.RenewalPolicy;
import dev.watchword.otp.lifecycle.policy.SerialForm;
import dev.watchword.otp.lifecycle.policy.SigningPolicy;
import dev.watchword.otp.lifecycle.policy.TokenPolicy;
import dev.watchword.otp.lifecycle.policy.TypedDetail;
import dev.watchword.otp.lifecycle.spi.KeyRing;
import dev.watchword.otp.lifecycle.spi.KeySource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/** Converts properties to values of the library. A wrong value is an exception that names the property and the remedy. */
final class Settings {
    private static final String KEYS =
            "Set one of watchword.keys.file, watchword.keys.environment and watchword.keys.text, or declare a KeySource bean.";

    private static final String NEW_FILE = """
            Correct watchword.keys.file. A ~ is not expanded; write ${user.home} instead. If the database was used before, restore\
             the file from its backup. For a new database, create the file:

            (umask 077; for use in seal history; do echo "$use 2026-11 $(openssl rand -base64 32)"; done > FILE)""";

    private static final Pattern DIGITS = Pattern.compile("([0-9]{1,3})-([0-9]{1,3})");

    private Settings() {}

    static ServiceId serviceId(WatchwordProperties properties) {
        return required(
                "watchword.service-id",
                properties.serviceId(),
                "the 8 digits of your institution, such as 10112235",
                ServiceId::new);
    }

    static TablePrefix tablePrefix(WatchwordProperties properties) {
        return valid("watchword.table-prefix", () -> new TablePrefix(properties.tablePrefix()));
    }

    static KeySource keys(WatchwordProperties.Keys keys) {
        long set = Stream.of(keys.text(), keys.file(), keys.environment())
                .filter(Objects::nonNull)
                .count();
        if (set != 1) {
            throw new WatchwordConfigurationException(
                    set == 0 ? "Watchword has no keys." : "Watchword has keys from " + set + " sources.", KEYS);
        }
        Path file = keys.file();
        if (file != null && Files.notExists(file)) {
            throw new WatchwordConfigurationException("The key file " + file + " does not exist.", NEW_FILE);
        }
        try {
            if (file != null) {
                return KeyRing.ofFile(file);
            }
            return keys.environment() != null
                    ? KeyRing.ofEnvironment(keys.environment())
                    : KeyRing.parse(Objects.requireNonNull(keys.text()), "The property watchword.keys.text");
        } catch (KeyUnavailableException | IllegalArgumentException e) {
            throw new WatchwordConfigurationException(
                    "The keys of Watchword cannot be read: " + e.getMessage() + ".",
                    "Correct the keys. Each line has seal or history, a name, and a key in Base64.",
                    e);
        }
    }

    static TokenPolicy policy(WatchwordProperties.Policy policy) {
        TokenPolicy result = required(
                "watchword.policy.preset",
                policy.preset(),
                "bank or authenticator-app, or declare a TokenPolicy bean",
                preset -> preset == WatchwordProperties.Preset.BANK ? TokenPolicy.BANK : TokenPolicy.AUTHENTICATOR_APP);
        if (policy.zone() != null) {
            result = result.withZone(policy.zone());
        }
        Duration pendingLifetime = policy.pendingLifetime();
        if (pendingLifetime != null) {
            TokenPolicy before = result;
            result = valid("watchword.policy.pending-lifetime", () -> before.withPendingLifetime(pendingLifetime));
        }
        if (policy.confirmation() != null) {
            result = result.withConfirmation(
                    policy.confirmation() == WatchwordProperties.Confirmations.BANK
                            ? ConfirmationPolicy.BANK
                            : ConfirmationPolicy.BY_APPLICATION);
        }
        String wait = policy.provisioningWait();
        if (wait != null) {
            result = result.withSoftware(result.software().toBuilder()
                    .provisioningWait(valid("watchword.policy.provisioning-wait", () -> wait(wait)))
                    .build());
        }
        String serials = policy.serials();
        if (serials != null) {
            result = result.withSerials(valid("watchword.policy.serials", () -> serials(serials)));
        }
        TokenPolicy before = result;
        return result.withLock(valid("watchword.policy.lock", () -> lock(before.lock(), policy.lock())))
                .withSigning(valid("watchword.policy.signing", () -> signing(before.signing(), policy.signing())))
                .withRenewal(valid("watchword.policy.renewal", () -> renewal(before.renewal(), policy.renewal())))
                .withBackupCodes(valid(
                        "watchword.policy.backup-codes",
                        () -> backupCodes(before.backupCodes(), policy.backupCodes())));
    }

    private static ProvisioningWait wait(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "none" -> ProvisioningWait.NONE;
            case "next-day" -> ProvisioningWait.NEXT_DAY;
            default -> ProvisioningWait.of(DurationStyle.detectAndParse(text));
        };
    }

    private static SerialForm serials(String text) {
        Matcher digits = DIGITS.matcher(text);
        if (digits.matches()) {
            return SerialForm.digits(Integer.parseInt(digits.group(1)), Integer.parseInt(digits.group(2)));
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "bank" -> SerialForm.BANK;
            case "general" -> SerialForm.GENERAL;
            default -> throw new IllegalArgumentException("it must be bank, general or two numbers such as 8-12");
        };
    }

    private static LockPolicy lock(LockPolicy preset, WatchwordProperties.Lock lock) {
        LockPolicy.Builder builder = preset.toBuilder();
        if (lock.failureLimit() != null) {
            builder.failureLimit(lock.failureLimit());
        }
        if (lock.failureCeiling() != null) {
            builder.failureCeiling(lock.failureCeiling());
        }
        if (lock.firstDelay() != null) {
            builder.firstDelay(lock.firstDelay());
        }
        if (lock.greatestDelay() != null) {
            builder.greatestDelay(lock.greatestDelay());
        }
        return builder.build();
    }

    private static RenewalPolicy renewal(RenewalPolicy preset, WatchwordProperties.Renewal renewal) {
        RenewalPolicy.Builder builder = preset.toBuilder();
        if (renewal.lead() != null) {
            builder.lead(renewal.lead());
        }
        if (renewal.kinds() != null) {
            builder.kinds(renewal.kinds());
        }
        return builder.build();
    }

    private static SigningPolicy signing(SigningPolicy preset, WatchwordProperties.Signing signing) {
        SigningPolicy.Builder builder = preset.toBuilder();
        if (signing.apps() != null) {
            builder.appSuite(signing.apps() ? SigningPolicy.BANK.appSuite() : null);
        }
        if (signing.lifetime() != null) {
            builder.lifetime(signing.lifetime());
        }
        if (signing.openRequests() != null) {
            builder.openRequests(signing.openRequests());
        }
        if ((signing.typedDetail() == null) != (signing.typedDigits() == null)) {
            throw new IllegalArgumentException("typed-detail and typed-digits must be set together");
        }
        if (signing.typedDetail() != null && signing.typedDigits() != null) {
            builder.typedDetail(TypedDetail.of(signing.typedDetail(), signing.typedDigits()));
        }
        if (signing.plainCodes() != null) {
            builder.plainCodes(signing.plainCodes());
        }
        return builder.build();
    }

    private static BackupCodePolicy backupCodes(BackupCodePolicy preset, WatchwordProperties.BackupCodes codes) {
        BackupCodePolicy.Builder builder = preset.toBuilder();
        if (codes.emergencyLifetime() != null) {
            builder.emergencyLifetime(codes.emergencyLifetime());
        }
        if (codes.emergencyCount() != null) {
            builder.emergencyCount(codes.emergencyCount());
        }
        if (codes.emergencyForm() != null) {
            builder.emergencyForm(codes.emergencyForm());
        }
        if (codes.emergencyTries() != null) {
            builder.emergencyTries(codes.emergencyTries());
        }
        if (codes.recoveryCount() != null) {
            builder.recoveryCount(codes.recoveryCount());
        }
        if (codes.recoveryTries() != null) {
            builder.recoveryTries(codes.recoveryTries());
        }
        if (codes.diesWithAcceptedCode() != null) {
            builder.diesWithAcceptedCode(codes.diesWithAcceptedCode());
        }
        return builder.build();
    }

    private interface Conversion<V, T> {
        T of(V value);
    }

    private static <V, T> T required(String property, @Nullable V value, String remedy, Conversion<V, T> conversion) {
        if (value == null) {
            throw new WatchwordConfigurationException(
                    "The property " + property + " is not set.", "Set " + property + " to " + remedy + ".");
        }
        return valid(property, () -> conversion.of(value));
    }

    static <T> T valid(String property, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new WatchwordConfigurationException(
                    "The value of " + property + " is wrong: " + e.getMessage() + ".", "Correct " + property + ".", e);
        }
    }
}
