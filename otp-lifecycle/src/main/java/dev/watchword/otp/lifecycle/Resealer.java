package dev.watchword.otp.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.watchword.otp.lifecycle.spi.KeySource;
import dev.watchword.otp.lifecycle.spi.Resealing;
import dev.watchword.otp.lifecycle.spi.SealedStore;
import dev.watchword.otp.lifecycle.spi.StockedFob;
import dev.watchword.otp.lifecycle.spi.TokenStore;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Seals what is sealed under an older key anew under the one that {@linkplain KeySource#sealingKeyName seals}: secrets of
 * tokens and of fobs in stock, hashes of passwords and mail codes. Codes are verified meanwhile. Can be interrupted at any
 * moment and run again; it goes on with what is left. Safe for use by several threads.
 */
public final class Resealer {
    private static final int PAGE = 200;

    private final ServiceId serviceId;
    private final TokenStore store;
    private final SealedStore sealed;
    private final KeySource keys;
    private final SecretSealer sealer;

    private Resealer(ServiceId serviceId, TokenStore store, SealedStore sealed, KeySource keys, SecureRandom random) {
        this.serviceId = serviceId;
        this.store = store;
        this.sealed = sealed;
        this.keys = keys;
        sealer = new SecretSealer(keys, serviceId, random);
    }

    /**
     * Creates the job.
     *
     * @param serviceId the institution
     * @param store where its tokens and fobs are kept
     * @param keys where the keys come from, the old ones still among them
     * @param random the source of randomness
     * @param <S> the store
     * @return the job
     */
    public static <S extends TokenStore & SealedStore> Resealer of(
            ServiceId serviceId, S store, KeySource keys, SecureRandom random) {
        return new Resealer(
                requireNonNull(serviceId, "serviceId"),
                requireNonNull(store, "store"),
                store,
                requireNonNull(keys, "keys"),
                requireNonNull(random, "random"));
    }

    /**
     * Seals anew until nothing is left under another key than the one that seals when it begins. Every process must seal with
     * that key by then. The old keys are needed no more once it has returned, but for backups.
     *
     * @param progress is told after each page how far it is; what it throws interrupts the job
     * @return how much was sealed anew
     * @throws SealingException if an old key is missing, or something does not open: it names what
     * @throws StorageException if the store fails
     */
    public Resealed run(Consumer<Resealed> progress) {
        String keyName = keys.sealingKeyName();
        Resealed done = new Resealed(0, 0);
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

    /** One walk over all that is sealed. It is clean if it found nothing under another key. */
    private final class Pass {
        private final String keyName;
        private final Consumer<Resealed> progress;
        private Resealed done;
        private boolean clean = true;

        Pass(String keyName, Resealed done, Consumer<Resealed> progress) {
            this.keyName = keyName;
            this.done = done;
            this.progress = progress;
        }

        void stock() {
            SerialNumber last = null;
            List<StockedFob> page;
            do {
                page = sealed.stockPage(serviceId, last, PAGE);
                List<StockedFob> old = page.stream()
                        .filter(fob -> !fob.secret().keyName().equals(keyName))
                        .toList();
                if (!old.isEmpty()) {
                    clean = false;
                    List<StockedFob> anew = old.stream().map(this::anew).toList();
                    int fobs = sealed.resealStock(serviceId, old, anew);
                    done = new Resealed(done.holders(), done.fobs() + fobs);
                    progress.accept(done);
                }
                last = page.isEmpty() ? last : page.get(page.size() - 1).serial();
            } while (page.size() == PAGE);
        }

        void enrolments() {
            Holder last = null;
            List<Enrolment> page;
            do {
                page = store.page(serviceId, last, PAGE);
                List<Resealing> resealings = page.stream()
                        .map(before -> new Resealing(before, anew(before)))
                        .filter(resealing -> !resealing
                                .after()
                                .withVersion(resealing.before().version())
                                .equals(resealing.before()))
                        .toList();
                if (!resealings.isEmpty()) {
                    clean = false;
                    int holders = sealed.reseal(resealings);
                    done = new Resealed(done.holders() + holders, done.fobs());
                    progress.accept(done);
                }
                last = page.isEmpty() ? last : page.get(page.size() - 1).holder();
            } while (page.size() == PAGE);
        }

        private StockedFob anew(StockedFob fob) {
            return new StockedFob(
                    fob.serial(),
                    fob.profile(),
                    anew(fob.secret(), secret -> sealer.anew(fob.serial(), secret)),
                    fob.startsAt(),
                    fob.expiresAt(),
                    fob.codes());
        }

        private Enrolment anew(Enrolment before) {
            Holder holder = before.holder();
            Waiting waiting = before.waiting();
            Token waits = waiting == null ? null : waiting.token();
            Factors factors = before.factors();
            MailCode code = factors.mailCode();
            return before.withSealed(
                    anew(holder, before.token()),
                    waiting == null || waits == null ? waiting : waiting.with(requireNonNull(anew(holder, waits))),
                    new Factors(
                            anewOrNull(factors.password(), hash -> sealer.anew(holder, FactorReader.PASSWORD, hash)),
                            factors.passwordFailures(),
                            code == null
                                    ? null
                                    : new MailCode(
                                            anew(
                                                    code.hash(),
                                                    hash -> sealer.anew(holder, FactorReader.MAIL_CODE, hash)),
                                            code.operation(),
                                            code.destination(),
                                            code.sentAt(),
                                            code.expiresAt()),
                            factors.mailCodeFailures()));
        }

        private @Nullable Token anew(Holder holder, @Nullable Token token) {
            if (token == null) {
                return null;
            }
            Provisioning provisioning = token.provisioning();
            return token.withSealed(
                    anewOrNull(token.secret(), secret -> sealer.anew(token.serial(), secret)),
                    provisioning == null
                            ? null
                            : new Provisioning(
                                    anewOrNull(
                                            provisioning.password(),
                                            hash -> sealer.anew(holder, Provisioner.PASSWORD, hash)),
                                    provisioning.failures(),
                                    provisioning.opensAt(),
                                    provisioning.closesAt(),
                                    provisioning.provisionedAt(),
                                    provisioning.device()));
        }

        private @Nullable SealedSecret anewOrNull(@Nullable SealedSecret old, UnaryOperator<SealedSecret> how) {
            return old == null ? null : anew(old, how);
        }

        private SealedSecret anew(SealedSecret old, UnaryOperator<SealedSecret> how) {
            return old.keyName().equals(keyName) ? old : how.apply(old);
        }
    }
}
