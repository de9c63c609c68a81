package dev.watchword.otp.lifecycle.internal.operations;

import dev.watchword.otp.lifecycle.internal.engine.Context;
import dev.watchword.otp.lifecycle.internal.sealing.HashedSecrets;
import dev.watchword.otp.lifecycle.internal.sealing.SecretSealer;
import dev.watchword.otp.lifecycle.model.BackupCodeSet;
import dev.watchword.otp.lifecycle.model.BackupCodes;
import dev.watchword.otp.lifecycle.model.Credentials;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.IntegrityException;
import dev.watchword.otp.lifecycle.model.MailCode;
import dev.watchword.otp.lifecycle.model.Pending;
import dev.watchword.otp.lifecycle.model.Provisioning;
import dev.watchword.otp.lifecycle.model.SealedSecret;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.SigningKey;
import dev.watchword.otp.lifecycle.model.StockedToken;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.operations.Reencrypted;
import dev.watchword.otp.lifecycle.operations.Reencryption;
import dev.watchword.otp.lifecycle.spi.ReencryptedEnrolment;
import dev.watchword.otp.lifecycle.spi.ReencryptionStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The re-encryption of stored values, through the re-encryption part of a store. */
public final class DefaultReencryption implements Reencryption {
    private static final Logger LOG = LoggerFactory.getLogger(DefaultReencryption.class);
    private static final int PAGE = 200;

    private final Context context;
    private final ReencryptionStore sealed;
    private final SecretSealer sealer;

    public DefaultReencryption(Context context) {
        this.context = context;
        sealed = context.require(ReencryptionStore.class);
        sealer = context.sealer();
    }

    @Override
    public Reencrypted run(Consumer<Reencrypted> progress) {
        Reencrypted done = Reencrypted.of(0, 0);
        Pass pass;
        do {
            pass = new Pass(context.keys().sealingKeyName(), done, progress);
            pass.stock();
            pass.enrolments();
            done = pass.done();
        } while (!pass.clean || !pass.keyName.equals(context.keys().sealingKeyName()));
        return done;
    }

    /**
     * One pass over all encrypted values. It is clean if every readable value was under the key that was current when the pass
     * began.
     */
    private final class Pass {
        private final String keyName;
        private final Consumer<Reencrypted> progress;
        private final List<Holder> unreadable = new ArrayList<>();
        private final List<SerialNumber> unreadableStock = new ArrayList<>();
        private long holders;
        private long stocked;
        private boolean clean = true;

        Pass(String keyName, Reencrypted before, Consumer<Reencrypted> progress) {
            this.keyName = keyName;
            this.progress = progress;
            holders = before.holders();
            stocked = before.stocked();
        }

        Reencrypted done() {
            return Reencrypted.of(holders, stocked, unreadable, unreadableStock);
        }

        void stock() {
            SerialNumber last = null;
            List<StockedToken> page;
            do {
                page = sealed.stockPage(context.serviceId(), last, PAGE);
                List<StockedToken> old = new ArrayList<>();
                List<StockedToken> reencrypted = new ArrayList<>();
                for (StockedToken token : page) {
                    if (!isCurrent(token)) {
                        reencrypt(token).ifPresent(after -> {
                            old.add(token);
                            reencrypted.add(after);
                        });
                    }
                }
                if (!old.isEmpty()) {
                    clean = false;
                    stocked += sealed.reencryptStock(context.serviceId(), old, reencrypted);
                    progress.accept(done());
                }
                last = page.isEmpty() ? last : page.get(page.size() - 1).serial();
            } while (page.size() == PAGE);
        }

        void enrolments() {
            Holder last = null;
            List<Holder> page;
            do {
                page = context.store().holders(context.serviceId(), last, PAGE);
                List<ReencryptedEnrolment> old = page.stream()
                        .flatMap(holder -> reencrypt(holder).stream())
                        .toList();
                if (!old.isEmpty()) {
                    clean = false;
                    holders += sealed.reencrypt(old);
                    progress.accept(done());
                }
                last = page.isEmpty() ? last : page.get(page.size() - 1);
            } while (page.size() == PAGE);
        }

        /** Returns a token in stock under the current key, or empty if its secret does not decrypt. */
        private Optional<StockedToken> reencrypt(StockedToken token) {
            try {
                return Optional.of(sealer.reencrypt(token));
            } catch (IntegrityException e) {
                LOG.error(
                        "The stocked token {} was not re-encrypted, because its secret is unreadable",
                        token.serial(),
                        e);
                unreadableStock.add(token.serial());
                return Optional.empty();
            }
        }

        /**
         * Returns an enrolment under the current key, or empty if it is already under that key or if its stored data cannot be
         * read.
         */
        private Optional<ReencryptedEnrolment> reencrypt(Holder holder) {
            try {
                return context.store()
                        .find(context.serviceId(), holder)
                        .map(before -> ReencryptedEnrolment.of(before, reencrypted(before)))
                        .filter(Pass::isChanged);
            } catch (IntegrityException e) {
                LOG.error("Holder {} was not re-encrypted, because the stored data cannot be read", holder, e);
                unreadable.add(holder);
                return Optional.empty();
            }
        }

        private static boolean isChanged(ReencryptedEnrolment enrolment) {
            long version = enrolment.before().version();
            return !enrolment.after().toBuilder().version(version).build().equals(enrolment.before());
        }

        private boolean isCurrent(StockedToken token) {
            SigningKey signing = token.signing();
            return token.secret().keyName().equals(keyName)
                    && (signing == null || signing.secret().keyName().equals(keyName));
        }

        private Enrolment reencrypted(Enrolment before) {
            Holder holder = before.holder();
            Token token = before.token();
            Pending pending = before.pending();
            Token pendingToken = before.pendingToken();
            return before.toBuilder()
                    .version(before.version() + 1)
                    .token(token == null ? null : reencrypted(holder, token))
                    .pending(
                            pending == null || pendingToken == null
                                    ? pending
                                    : pending.toBuilder()
                                            .token(reencrypted(holder, pendingToken))
                                            .build())
                    .credentials(reencrypted(holder, before.credentials()))
                    .backupCodes(reencrypted(holder, before.backupCodes()))
                    .build();
        }

        private Credentials reencrypted(Holder holder, Credentials credentials) {
            MailCode code = credentials.mailCode();
            return credentials.toBuilder()
                    .password(currentOrNull(
                            credentials.password(),
                            old -> sealer.reencrypt(holder, HashedSecrets.CONFIRMATION_PASSWORD, old)))
                    .mailCode(
                            code == null
                                    ? null
                                    : code.toBuilder()
                                            .hash(current(
                                                    code.hash(),
                                                    old -> sealer.reencrypt(holder, HashedSecrets.MAIL_CODE, old)))
                                            .build())
                    .build();
        }

        private BackupCodes reencrypted(Holder holder, BackupCodes codes) {
            return codes.toBuilder()
                    .emergency(reencrypted(holder, HashedSecrets.EMERGENCY_CODES, codes.emergency()))
                    .recovery(reencrypted(holder, HashedSecrets.RECOVERY_CODES, codes.recovery()))
                    .build();
        }

        private @Nullable BackupCodeSet reencrypted(Holder holder, String what, @Nullable BackupCodeSet set) {
            return set == null
                    ? null
                    : set.toBuilder()
                            .hashes(current(set.hashes(), old -> sealer.reencrypt(holder, what, old)))
                            .build();
        }

        private Token reencrypted(Holder holder, Token token) {
            Provisioning provisioning = token.provisioning();
            return token.toBuilder()
                    .secret(currentOrNull(token.secret(), old -> sealer.reencrypt(token.serial(), old)))
                    .signing(reencrypted(token.serial(), token.signing()))
                    .provisioning(
                            provisioning == null
                                    ? null
                                    : provisioning.toBuilder()
                                            .password(currentOrNull(
                                                    provisioning.password(),
                                                    old -> sealer.reencrypt(
                                                            holder, HashedSecrets.ACTIVATION_PASSWORD, old)))
                                            .build())
                    .build();
        }

        private @Nullable SigningKey reencrypted(SerialNumber serial, @Nullable SigningKey signing) {
            return signing == null
                    ? null
                    : signing.toBuilder()
                            .secret(current(signing.secret(), old -> sealer.reencryptSigning(serial, old)))
                            .build();
        }

        private @Nullable SealedSecret currentOrNull(@Nullable SealedSecret old, UnaryOperator<SealedSecret> how) {
            return old == null ? null : current(old, how);
        }

        private SealedSecret current(SealedSecret old, UnaryOperator<SealedSecret> how) {
            return old.keyName().equals(keyName) ? old : how.apply(old);
        }
    }
}
