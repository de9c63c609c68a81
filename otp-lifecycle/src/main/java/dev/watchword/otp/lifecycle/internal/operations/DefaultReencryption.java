package dev.watchword.otp.lifecycle.internal.operations;

import dev.watchword.otp.lifecycle.internal.engine.Context;
import dev.watchword.otp.lifecycle.internal.sealing.HashedSecrets;
import dev.watchword.otp.lifecycle.internal.sealing.SecretSealer;
import dev.watchword.otp.lifecycle.model.Credentials;
import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.MailCode;
import dev.watchword.otp.lifecycle.model.Pending;
import dev.watchword.otp.lifecycle.model.Provisioning;
import dev.watchword.otp.lifecycle.model.SealedSecret;
import dev.watchword.otp.lifecycle.model.SerialNumber;
import dev.watchword.otp.lifecycle.model.StockedToken;
import dev.watchword.otp.lifecycle.model.Token;
import dev.watchword.otp.lifecycle.operations.Reencrypted;
import dev.watchword.otp.lifecycle.operations.Reencryption;
import dev.watchword.otp.lifecycle.spi.ReencryptedEnrolment;
import dev.watchword.otp.lifecycle.spi.ReencryptionStore;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Re-encryption on the re-encryption part of a store. */
public final class DefaultReencryption implements Reencryption {
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
        String keyName = context.keys().sealingKeyName();
        Reencrypted done = Reencrypted.of(0, 0);
        boolean clean;
        do {
            Pass pass = new Pass(keyName, done, progress);
            pass.stock();
            pass.enrolments();
            done = pass.done;
            clean = pass.clean;
        } while (!clean);
        return done;
    }

    /** One pass over all encrypted values. It is clean if every value was under the current key. */
    private final class Pass {
        private final String keyName;
        private final Consumer<Reencrypted> progress;
        private Reencrypted done;
        private boolean clean = true;

        Pass(String keyName, Reencrypted done, Consumer<Reencrypted> progress) {
            this.keyName = keyName;
            this.done = done;
            this.progress = progress;
        }

        void stock() {
            SerialNumber last = null;
            List<StockedToken> page;
            do {
                page = sealed.stockPage(context.serviceId(), last, PAGE);
                List<StockedToken> old = page.stream()
                        .filter(token -> !token.secret().keyName().equals(keyName))
                        .toList();
                if (!old.isEmpty()) {
                    clean = false;
                    List<StockedToken> reencrypted =
                            old.stream().map(this::reencrypted).toList();
                    int tokens = sealed.reencryptStock(context.serviceId(), old, reencrypted);
                    done = Reencrypted.of(done.holders(), done.stocked() + tokens);
                    progress.accept(done);
                }
                last = page.isEmpty() ? last : page.get(page.size() - 1).serial();
            } while (page.size() == PAGE);
        }

        void enrolments() {
            Holder last = null;
            List<Enrolment> page;
            do {
                page = context.store().page(context.serviceId(), last, PAGE);
                List<ReencryptedEnrolment> old = page.stream()
                        .map(before -> ReencryptedEnrolment.of(before, reencrypted(before)))
                        .filter(Pass::isChanged)
                        .toList();
                if (!old.isEmpty()) {
                    clean = false;
                    int holders = sealed.reencrypt(old);
                    done = Reencrypted.of(done.holders() + holders, done.stocked());
                    progress.accept(done);
                }
                last = page.isEmpty() ? last : page.get(page.size() - 1).holder();
            } while (page.size() == PAGE);
        }

        private static boolean isChanged(ReencryptedEnrolment enrolment) {
            long version = enrolment.before().version();
            return !enrolment.after().toBuilder().version(version).build().equals(enrolment.before());
        }

        private StockedToken reencrypted(StockedToken token) {
            SealedSecret secret = current(token.secret(), old -> sealer.reencrypt(token.serial(), old));
            return token.toBuilder().secret(secret).build();
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

        private Token reencrypted(Holder holder, Token token) {
            Provisioning provisioning = token.provisioning();
            return token.toBuilder()
                    .secret(currentOrNull(token.secret(), old -> sealer.reencrypt(token.serial(), old)))
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

        private @Nullable SealedSecret currentOrNull(@Nullable SealedSecret old, UnaryOperator<SealedSecret> how) {
            return old == null ? null : current(old, how);
        }

        private SealedSecret current(SealedSecret old, UnaryOperator<SealedSecret> how) {
            return old.keyName().equals(keyName) ? old : how.apply(old);
        }
    }
}
