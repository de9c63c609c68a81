package dev.watchword.otp.spring;

import dev.watchword.otp.lifecycle.model.TokenKind;
import dev.watchword.otp.lifecycle.policy.EmergencyCodeForm;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties of an institution.
 *
 * @param enabled Whether Watchword is configured.
 * @param serviceId The number of the institution, 8 digits.
 * @param name The name of the institution that the app displays. The service ID by default.
 * @param tablePrefix The prefix of the names of the store's tables.
 * @param schema The tool that applies the schema of the store.
 * @param keys The keys of the institution.
 * @param policy The policy of the institution.
 * @param transactions The behaviour within transactions of the application.
 * @param metrics The metrics of operations.
 * @param observations The observations of operations.
 * @param security The code step at login.
 */
@ConfigurationProperties("watchword")
record WatchwordProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable String serviceId,
        @Nullable String name,
        @DefaultValue("otp_") String tablePrefix,
        @DefaultValue("auto") SchemaMode schema,
        @DefaultValue Keys keys,
        @DefaultValue Policy policy,
        @DefaultValue Transactions transactions,
        @DefaultValue Metrics metrics,
        @DefaultValue Observations observations,
        @DefaultValue Security security) {

    /**
     * The keys. Set one of the properties, or declare a KeySource bean.
     *
     * @param text The keys as text, in the format of KeyRing.
     * @param file A file with the keys, in the format of KeyRing. It is read again when it changes.
     * @param environment The name of an environment variable with the keys, in the format of KeyRing.
     */
    record Keys(
            @Nullable String text,
            @Nullable Path file,
            @Nullable String environment) {
        @Override
        public String toString() {
            return "Keys[redacted]";
        }
    }

    /** A policy to begin with. */
    enum Preset {
        /** The policy of a bank: 8 digits, 60 seconds, confirmations by password and mail. */
        BANK,
        /** The policy for authenticator apps: 6 digits, 30 seconds. */
        AUTHENTICATOR_APP
    }

    /** The factors with which holders confirm operations. */
    enum Confirmations {
        /** Confirmation password, mail code and code. */
        BANK,
        /** Codes of the token only; the application confirms the rest. */
        BY_APPLICATION
    }

    /**
     * The policy. Its parts replace those of the preset.
     *
     * @param preset The policy to begin with.
     * @param zone The time zone of the institution.
     * @param pendingLifetime The time in which a new token must be activated.
     * @param provisioningWait The wait after the end of a software token: none, next-day or a duration.
     * @param confirmation The factors with which holders confirm operations.
     * @param serials The form of serial numbers: bank, general, or two numbers of digits such as 8-12.
     * @param lock The consequences of wrong codes.
     * @param renewal The rules for successors.
     * @param signing The rules for the confirmation of transactions.
     * @param backupCodes The rules for emergency codes and recovery codes.
     */
    record Policy(
            @Nullable Preset preset,
            @Nullable ZoneId zone,
            @Nullable Duration pendingLifetime,
            @Nullable String provisioningWait,
            @Nullable Confirmations confirmation,
            @Nullable String serials,
            @DefaultValue Lock lock,
            @DefaultValue Renewal renewal,
            @DefaultValue Signing signing,
            @DefaultValue BackupCodes backupCodes) {}

    /**
     * The consequences of wrong codes.
     *
     * @param failureLimit The number of consecutive wrong codes that suspends a token.
     * @param failureCeiling The number of wrong codes after which a token can only be replaced.
     * @param firstDelay The delay after the first wrong code.
     * @param greatestDelay The greatest delay after wrong codes.
     */
    record Lock(
            @Nullable Integer failureLimit,
            @Nullable Integer failureCeiling,
            @Nullable Duration firstDelay,
            @Nullable Duration greatestDelay) {}

    /**
     * The rules for successors.
     *
     * @param lead The time before the expiry from which a holder can renew.
     * @param kinds The kinds of tokens that can be renewed.
     */
    record Renewal(@Nullable Duration lead, @Nullable Set<TokenKind> kinds) {}

    /**
     * The rules for the confirmation of transactions.
     *
     * @param apps Whether apps sign transactions. By default they do with the policy of a bank.
     * @param lifetime The time in which a transaction can be confirmed.
     * @param openRequests The greatest number of transactions of a holder that wait for their confirmation.
     * @param typedDetail The name of the detail that a holder types into a token with a keypad.
     * @param typedDigits The number of digits of that detail.
     * @param plainCodes Whether a token that cannot sign confirms a transaction with an ordinary code.
     */
    record Signing(
            @Nullable Boolean apps,
            @Nullable Duration lifetime,
            @Nullable Integer openRequests,
            @Nullable String typedDetail,
            @Nullable Integer typedDigits,
            @Nullable Boolean plainCodes) {}

    /**
     * The rules for emergency codes and recovery codes.
     *
     * @param emergencyLifetime The lifetime of emergency codes, 1 hour to 7 days.
     * @param emergencyCount The number of emergency codes that an operator issues at once.
     * @param emergencyForm The form of new emergency codes.
     * @param emergencyTries The number of consecutive wrong emergency codes that locks them.
     * @param recoveryCount The number of recovery codes that a holder gets at once.
     * @param recoveryTries The number of consecutive wrong recovery codes that locks them.
     * @param diesWithAcceptedCode Whether emergency codes end with the next accepted code of a token.
     */
    record BackupCodes(
            @Nullable Duration emergencyLifetime,
            @Nullable Integer emergencyCount,
            @Nullable EmergencyCodeForm emergencyForm,
            @Nullable Integer emergencyTries,
            @Nullable Integer recoveryCount,
            @Nullable Integer recoveryTries,
            @Nullable Boolean diesWithAcceptedCode) {}

    /**
     * The behaviour within transactions of the application.
     *
     * @param allowSecondConnection Whether an operation with evidence may run on a second connection while a transaction is open. It can exhaust the pool, and on SQLite it waits for its own transaction.
     */
    record Transactions(@DefaultValue("false") boolean allowSecondConnection) {}

    /**
     * The metrics.
     *
     * @param enabled Whether operations are counted and timed.
     */
    record Metrics(@DefaultValue("true") boolean enabled) {}

    /**
     * The observations.
     *
     * @param enabled Whether operations are observed, so that they have spans.
     */
    record Observations(@DefaultValue("true") boolean enabled) {}

    /**
     * The code step at login.
     *
     * @param requireCode Whether every rule of Spring Security that requires an authenticated user also requires a code of users with an active token.
     * @param requireToken Whether these rules deny a user without an active token, except at the token page.
     * @param tokenPage The path of the page at which a user without an active token gets one. It includes the paths below it.
     */
    record Security(
            @DefaultValue("true") boolean requireCode,
            @DefaultValue("false") boolean requireToken,
            @Nullable String tokenPage) {}
}
