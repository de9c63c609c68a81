package dev.watchword.otp.lifecycle.policy;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.internal.Require;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The policy of an institution. Begin with {@link #BANK} or {@link #AUTHENTICATOR_APP}, and replace the parts that
 * differ. Immutable.
 */
public final class TokenPolicy {
    /**
     * The policy of the bank in the customer manual, with the time zone of Japan. A pending token or order lapses after 60
     * days.
     */
    public static final TokenPolicy BANK = new TokenPolicy(
            CodePolicy.BANK,
            LockPolicy.STANDARD,
            SoftwarePolicy.BANK,
            RenewalPolicy.BANK,
            ConfirmationPolicy.BANK,
            HashingPolicy.STANDARD,
            Duration.ofDays(60),
            ZoneId.of("Asia/Tokyo"),
            SerialForm.BANK,
            SigningPolicy.BANK,
            BackupCodePolicy.STANDARD);

    /**
     * For authenticator apps: 6 digits and 30 seconds, in UTC. The application confirms operations in its own way. A pending
     * token lapses after 7 days.
     */
    public static final TokenPolicy AUTHENTICATOR_APP = new TokenPolicy(
            CodePolicy.AUTHENTICATOR_APP,
            LockPolicy.STANDARD,
            SoftwarePolicy.GENERATED,
            RenewalPolicy.ALL_KINDS,
            ConfirmationPolicy.BY_APPLICATION,
            HashingPolicy.STANDARD,
            Duration.ofDays(7),
            ZoneId.of("UTC"),
            SerialForm.GENERAL,
            SigningPolicy.NONE,
            BackupCodePolicy.STANDARD);

    private final CodePolicy codes;
    private final LockPolicy lock;
    private final SoftwarePolicy software;
    private final RenewalPolicy renewal;
    private final ConfirmationPolicy confirmation;
    private final HashingPolicy hashing;
    private final Duration pendingLifetime;
    private final ZoneId zone;
    private final SerialForm serials;
    private final SigningPolicy signing;
    private final BackupCodePolicy backupCodes;

    private TokenPolicy(
            CodePolicy codes,
            LockPolicy lock,
            SoftwarePolicy software,
            RenewalPolicy renewal,
            ConfirmationPolicy confirmation,
            HashingPolicy hashing,
            Duration pendingLifetime,
            ZoneId zone,
            SerialForm serials,
            SigningPolicy signing,
            BackupCodePolicy backupCodes) {
        this.codes = requireNonNull(codes, "codes");
        this.lock = requireNonNull(lock, "lock");
        this.software = requireNonNull(software, "software");
        this.renewal = requireNonNull(renewal, "renewal");
        this.confirmation = requireNonNull(confirmation, "confirmation");
        this.hashing = requireNonNull(hashing, "hashing");
        this.pendingLifetime = requireNonNull(pendingLifetime, "pendingLifetime");
        this.zone = requireNonNull(zone, "zone");
        this.serials = requireNonNull(serials, "serials");
        this.signing = requireNonNull(signing, "signing");
        this.backupCodes = requireNonNull(backupCodes, "backupCodes");
        Require.duration(pendingLifetime, "pendingLifetime", Duration.ofSeconds(1), Require.CENTURY);
    }

    /** {@return the codes that are accepted} */
    public CodePolicy codes() {
        return codes;
    }

    /** {@return the consequences of wrong codes} */
    public LockPolicy lock() {
        return lock;
    }

    /** {@return the rules for software tokens} */
    public SoftwarePolicy software() {
        return software;
    }

    /** {@return the rules for successors} */
    public RenewalPolicy renewal() {
        return renewal;
    }

    /** {@return the factors with which a holder confirms each operation} */
    public ConfirmationPolicy confirmation() {
        return confirmation;
    }

    /** {@return the cost of a password hash} */
    public HashingPolicy hashing() {
        return hashing;
    }

    /**
     * {@return the time in which a pending token or order must be activated before it lapses, 1 second to 100
     * years}
     */
    public Duration pendingLifetime() {
        return pendingLifetime;
    }

    /** {@return the time zone of the institution, in which its days begin} */
    public ZoneId zone() {
        return zone;
    }

    /**
     * {@return the form of serial numbers. Do not narrow it while tokens with other serial numbers wait for their activation:
     * such a number would be malformed}
     */
    public SerialForm serials() {
        return serials;
    }

    /** {@return how holders confirm transactions} */
    public SigningPolicy signing() {
        return signing;
    }

    /** {@return the rules for emergency codes and recovery codes} */
    public BackupCodePolicy backupCodes() {
        return backupCodes;
    }

    /**
     * Returns a copy with other codes.
     *
     * @param newCodes the codes that are accepted
     * @return a copy that is otherwise the same
     */
    public TokenPolicy withCodes(CodePolicy newCodes) {
        return with(parts -> parts.codes = newCodes);
    }

    /**
     * Returns a copy with other consequences of wrong codes.
     *
     * @param newLock the consequences of wrong codes
     * @return a copy that is otherwise the same
     */
    public TokenPolicy withLock(LockPolicy newLock) {
        return with(parts -> parts.lock = newLock);
    }

    /**
     * Returns a copy with other rules for software tokens.
     *
     * @param newSoftware the rules for software tokens
     * @return a copy that is otherwise the same
     */
    public TokenPolicy withSoftware(SoftwarePolicy newSoftware) {
        return with(parts -> parts.software = newSoftware);
    }

    /**
     * Returns a copy with other rules for successors.
     *
     * @param newRenewal the rules for successors
     * @return a copy that is otherwise the same
     */
    public TokenPolicy withRenewal(RenewalPolicy newRenewal) {
        return with(parts -> parts.renewal = newRenewal);
    }

    /**
     * Returns a copy with other factors.
     *
     * @param newConfirmation the factors with which a holder confirms each operation
     * @return a copy that is otherwise the same
     */
    public TokenPolicy withConfirmation(ConfirmationPolicy newConfirmation) {
        return with(parts -> parts.confirmation = newConfirmation);
    }

    /**
     * Returns a copy with another cost of hashing.
     *
     * @param newHashing the cost of a password hash
     * @return a copy that is otherwise the same
     */
    public TokenPolicy withHashing(HashingPolicy newHashing) {
        return with(parts -> parts.hashing = newHashing);
    }

    /**
     * Returns a copy with another time for the activation.
     *
     * @param newPendingLifetime the time in which a pending token or order must be activated before it lapses, 1
     *     second to 100 years
     * @return a copy that is otherwise the same
     */
    public TokenPolicy withPendingLifetime(Duration newPendingLifetime) {
        return with(parts -> parts.pendingLifetime = newPendingLifetime);
    }

    /**
     * Returns a copy with another time zone.
     *
     * @param newZone the time zone of the institution, in which its days begin
     * @return a copy that is otherwise the same
     */
    public TokenPolicy withZone(ZoneId newZone) {
        return with(parts -> parts.zone = newZone);
    }

    /**
     * Returns a copy with another form of serial numbers.
     *
     * @param newSerials the form of serial numbers
     * @return a copy that is otherwise the same
     */
    public TokenPolicy withSerials(SerialForm newSerials) {
        return with(parts -> parts.serials = newSerials);
    }

    /**
     * Returns a copy with other rules for signing requests.
     *
     * @param newSigning how holders confirm transactions
     * @return a copy that is otherwise the same
     */
    public TokenPolicy withSigning(SigningPolicy newSigning) {
        return with(parts -> parts.signing = newSigning);
    }

    /**
     * Returns a copy with other rules for emergency codes and recovery codes.
     *
     * @param newBackupCodes the rules
     * @return a copy that is otherwise the same
     */
    public TokenPolicy withBackupCodes(BackupCodePolicy newBackupCodes) {
        return with(parts -> parts.backupCodes = newBackupCodes);
    }

    private TokenPolicy with(Consumer<Parts> change) {
        Parts parts = new Parts(this);
        change.accept(parts);
        return parts.build();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof TokenPolicy that
                        && codes.equals(that.codes)
                        && lock.equals(that.lock)
                        && software.equals(that.software)
                        && renewal.equals(that.renewal)
                        && confirmation.equals(that.confirmation)
                        && hashing.equals(that.hashing)
                        && pendingLifetime.equals(that.pendingLifetime)
                        && zone.equals(that.zone)
                        && serials.equals(that.serials)
                        && signing.equals(that.signing)
                        && backupCodes.equals(that.backupCodes));
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                codes,
                lock,
                software,
                renewal,
                confirmation,
                hashing,
                pendingLifetime,
                zone,
                serials,
                signing,
                backupCodes);
    }

    @Override
    public String toString() {
        return "TokenPolicy[codes=" + codes + ", lock=" + lock + ", software=" + software + ", renewal=" + renewal
                + ", confirmation=" + confirmation + ", hashing=" + hashing + ", pendingLifetime=" + pendingLifetime
                + ", zone=" + zone + ", serials=" + serials + ", signing=" + signing
                + ", backupCodes=" + backupCodes + "]";
    }

    /** The parts of a policy, of which one changes. */
    private static final class Parts {
        private CodePolicy codes;
        private LockPolicy lock;
        private SoftwarePolicy software;
        private RenewalPolicy renewal;
        private ConfirmationPolicy confirmation;
        private HashingPolicy hashing;
        private Duration pendingLifetime;
        private ZoneId zone;
        private SerialForm serials;
        private SigningPolicy signing;
        private BackupCodePolicy backupCodes;

        Parts(TokenPolicy policy) {
            codes = policy.codes;
            lock = policy.lock;
            software = policy.software;
            renewal = policy.renewal;
            confirmation = policy.confirmation;
            hashing = policy.hashing;
            pendingLifetime = policy.pendingLifetime;
            zone = policy.zone;
            serials = policy.serials;
            signing = policy.signing;
            backupCodes = policy.backupCodes;
        }

        TokenPolicy build() {
            return new TokenPolicy(
                    codes,
                    lock,
                    software,
                    renewal,
                    confirmation,
                    hashing,
                    pendingLifetime,
                    zone,
                    serials,
                    signing,
                    backupCodes);
        }
    }
}
