package dev.watchword.otp.app;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An app's software tokens, at most one for each user ID at each service. The vault also stores the device keys of
 * tokens that are being provisioned. For a token that signs transactions, it stores the signing secret and the device key
 * apart from the secret of the codes.
 *
 * <p>The entries are in one file. Each entry is encrypted with AES-256-GCM under the key of the platform's key store,
 * and bound to its service and user. Each change replaces the whole file durably, so a process that dies loses no
 * completed change. A person who can write the file can remove entries or restore an older file. Such a person can
 * neither read nor forge an entry.
 *
 * <p>The vault keeps no entry in memory. Safe for use by several threads and processes. An operation throws a {@link
 * VaultException} if the file cannot be read or written, or if an entry does not open.
 */
public final class TokenVault {
    private final GuardedFile file;
    private final PlatformKeyStore keys;
    private final SecureRandom random;

    private TokenVault(GuardedFile file, PlatformKeyStore keys, SecureRandom random) {
        this.file = file;
        this.keys = keys;
        this.random = random;
    }

    /**
     * Returns the vault in a file. The file need not exist yet.
     *
     * @param file the file, in a directory that exists. The vault also creates files beside it with the suffixes {@code
     *     .tmp} and {@code .lock}
     * @param keys the key store that provides the vault's key
     * @param random the source of device keys. It is also the source of nonces if the key store's provider uses it
     * @return the vault
     */
    public static TokenVault at(Path file, PlatformKeyStore keys, SecureRandom random) {
        return new TokenVault(new GuardedFile(file), requireNonNull(keys, "keys"), requireNonNull(random, "random"));
    }

    /**
     * Begins to provision a token, with a device key of the default type.
     *
     * @param serviceId the service ID, 8 ASCII digits
     * @param userId the user ID, 12 ASCII digits
     * @return the public key to send to the server
     * @throws IllegalArgumentException if an ID is malformed
     * @see #prepare(DeviceKeyType, String, String)
     */
    public DevicePublicKey prepare(String serviceId, String userId) {
        return prepare(DeviceKeyType.X_WING, serviceId, userId);
    }

    /**
     * Begins to provision a token. The vault stores the device key before this method returns. Until the token is
     * provisioned, each call for the same type returns the same key. An app that has lost the answer can therefore
     * request it again, even after its process died.
     *
     * @param type the type of the key, which determines how the server seals its answer. A type other than the stored
     *     one replaces the key
     * @param serviceId the service ID, 8 ASCII digits
     * @param userId the user ID, 12 ASCII digits
     * @return the public key to send to the server
     * @throws IllegalArgumentException if an ID is malformed
     */
    public DevicePublicKey prepare(DeviceKeyType type, String serviceId, String userId) {
        VaultEntry name = VaultEntry.deviceKey(new Owner(serviceId, userId));
        return file.locked(() -> {
            SortedMap<VaultEntry, byte[]> entries = read();
            byte[] closed = entries.get(name);
            if (closed != null) {
                DevicePublicKey pending = publicKey(openKey(name, closed));
                if (pending.type() == type) {
                    return pending;
                }
            }
            DeviceKey key = DeviceKey.generate(type, random);
            put(entries, name, key.exposeBytes());
            write(entries);
            return publicKey(key);
        });
    }

    private static DevicePublicKey publicKey(DeviceKey key) {
        key.destroy();
        return key.publicKey();
    }

    /**
     * Completes the provisioning of a token. Opens the server's answer with the prepared device key, stores the token
     * and deletes the prepared key in one write. If the token signs transactions, the same write stores its signing secret
     * with the device key. A new token replaces the user's previous token and its signing secret.
     *
     * @param answer the server's answer
     * @param serviceId the service ID, 8 ASCII digits
     * @param userId the user ID, 12 ASCII digits
     * @return the token; empty if the answer does not open (see {@link DeviceKey#open}) or no device key is prepared.
     *     An empty result changes nothing, and the vault still accepts the right answer
     * @throws IllegalArgumentException if an ID is malformed
     */
    public Optional<SoftwareToken> provision(SealedAnswer answer, String serviceId, String userId) {
        requireNonNull(answer, "answer");
        Owner owner = new Owner(serviceId, userId);
        VaultEntry name = VaultEntry.deviceKey(owner);
        return file.locked(() -> {
            SortedMap<VaultEntry, byte[]> entries = read();
            byte[] closed = entries.remove(name);
            if (closed == null) {
                return Optional.empty();
            }
            DeviceKey key = openKey(name, closed);
            try {
                Optional<TokenContents> contents = key.open(answer, serviceId, userId);
                contents.ifPresent(found -> {
                    put(entries, VaultEntry.token(owner), ContentsFormat.write(found.withoutSigningKey()));
                    replaceSigningKey(entries, owner, SigningKey.of(found, key));
                    write(entries);
                });
                return contents.map(SoftwareToken::of);
            } finally {
                key.destroy();
            }
        });
    }

    private void replaceSigningKey(SortedMap<VaultEntry, byte[]> entries, Owner owner, Optional<SigningKey> next) {
        entries.remove(VaultEntry.signing(owner));
        next.ifPresent(key -> {
            try (key) {
                put(entries, VaultEntry.signing(owner), key.write());
            }
        });
    }

    /**
     * Stores a token that was provisioned without this vault. The token replaces the user's previous token and its signing
     * secret. It cannot sign transactions, because the vault does not have its device key.
     *
     * @param contents the contents, without a signing secret. The caller may continue to use them
     * @throws IllegalArgumentException if the contents have a signing secret
     * @throws IllegalStateException if the secret of the contents is destroyed
     */
    public void add(TokenContents contents) {
        if (contents.signingSecret().isPresent()) {
            throw new IllegalArgumentException(
                    "A token that signs transactions must be provisioned by the vault; use prepare and provision");
        }
        file.locked(() -> {
            SortedMap<VaultEntry, byte[]> entries = read();
            put(entries, VaultEntry.token(contents.owner()), ContentsFormat.write(contents));
            entries.remove(VaultEntry.signing(contents.owner()));
            write(entries);
            return contents;
        });
    }

    /**
     * Returns all tokens. Each token holds its secret in plain text. Destroy it when the app no longer shows it.
     *
     * @return the tokens, including expired ones, ordered by service ID and user ID
     */
    public List<SoftwareToken> tokens() {
        List<SoftwareToken> tokens = new ArrayList<>();
        read().forEach((name, closed) -> {
            if (name.kind() == VaultEntry.Kind.TOKEN) {
                tokens.add(openToken(name, closed));
            }
        });
        return List.copyOf(tokens);
    }

    /**
     * Returns one token. The token holds its secret in plain text. Destroy it when the app no longer shows it.
     *
     * @param serviceId the service ID, 8 ASCII digits
     * @param userId the user ID, 12 ASCII digits
     * @return the token; empty if that user has no token
     * @throws IllegalArgumentException if an ID is malformed
     */
    public Optional<SoftwareToken> token(String serviceId, String userId) {
        VaultEntry name = VaultEntry.token(new Owner(serviceId, userId));
        return Optional.ofNullable(read().get(name)).map(closed -> openToken(name, closed));
    }

    /**
     * Opens a sealed request, so that the app can show it to the holder. Changes nothing.
     *
     * @param sealed the request that the server sealed
     * @param serviceId the service ID, 8 ASCII digits
     * @param userId the user ID, 12 ASCII digits
     * @param now the present instant
     * @return a {@link ReceivedRequest}, or the {@link RequestRefusal}
     * @throws IllegalArgumentException if an ID is malformed
     */
    public OpenedRequest open(SealedRequest sealed, String serviceId, String userId, Instant now) {
        requireNonNull(sealed, "sealed");
        try (SigningKey key = signingKey(read(), new Owner(serviceId, userId))) {
            return key == null ? RequestRefusal.DOES_NOT_OPEN : key.open(sealed, now);
        }
    }

    /**
     * Approves a request on behalf of the holder. Records the approval durably, and then returns the response, so a
     * request is approved once. If the app dies before it sends the response, {@link #approvedResponse} returns the
     * response again.
     *
     * @param request the request that the holder saw
     * @param now the present instant
     * @return the response, which the app sends to the server; empty if the request has expired or was answered in the
     *     meantime, or if the token was replaced or removed. {@link #open} returns the reason
     */
    public Optional<String> approve(ReceivedRequest request, Instant now) {
        return answer(request, true, now, key -> key.response(request.request()));
    }

    /**
     * Refuses a request on behalf of the holder. Records the refusal durably. {@link #open} does not return the request
     * again, and no response to it exists.
     *
     * @param request the request that the holder saw
     * @param now the present instant
     * @return whether the refusal was recorded; false in the cases in which {@link #approve} returns empty
     */
    public boolean refuse(ReceivedRequest request, Instant now) {
        return answer(request, false, now, key -> true).isPresent();
    }

    private <T> Optional<T> answer(
            ReceivedRequest request, boolean approved, Instant now, Function<SigningKey, T> result) {
        Owner owner = new Owner(request.serviceId(), request.userId());
        return file.locked(() -> {
            SortedMap<VaultEntry, byte[]> entries = read();
            try (SigningKey key = signingKey(entries, owner)) {
                return Optional.ofNullable(key)
                        .flatMap(found -> found.answering(request, approved, now))
                        .map(next -> {
                            T computed = result.apply(next);
                            put(entries, VaultEntry.signing(owner), next.write());
                            write(entries);
                            return computed;
                        });
            }
        });
    }

    /**
     * Returns the response to a request that the holder approved before. An app that died before it sent the response
     * sends it now. The app MUST NOT show the request for approval again.
     *
     * @param sealed the request that the server sealed
     * @param serviceId the service ID, 8 ASCII digits
     * @param userId the user ID, 12 ASCII digits
     * @param now the present instant
     * @return the same response; empty if the holder did not approve exactly this request, or if it has expired
     * @throws IllegalArgumentException if an ID is malformed
     */
    public Optional<String> approvedResponse(SealedRequest sealed, String serviceId, String userId, Instant now) {
        requireNonNull(sealed, "sealed");
        try (SigningKey key = signingKey(read(), new Owner(serviceId, userId))) {
            return key == null ? Optional.empty() : key.approvedResponse(sealed, now);
        }
    }

    private @Nullable SigningKey signingKey(SortedMap<VaultEntry, byte[]> entries, Owner owner) {
        VaultEntry name = VaultEntry.signing(owner);
        byte[] closed = entries.get(name);
        return closed == null ? null : open(name, closed, bytes -> SigningKey.read(owner, bytes));
    }

    /**
     * Deletes a user's token, signing secret and device keys, even if they no longer open.
     *
     * @param serviceId the service ID, 8 ASCII digits
     * @param userId the user ID, 12 ASCII digits
     * @return whether there was anything to delete
     * @throws IllegalArgumentException if an ID is malformed
     */
    public boolean remove(String serviceId, String userId) {
        Owner owner = new Owner(serviceId, userId);
        return file.locked(() -> {
            SortedMap<VaultEntry, byte[]> entries = read();
            boolean removed = entries.keySet().removeIf(name -> name.owner().equals(owner));
            if (removed) {
                write(entries);
            }
            return removed;
        });
    }

    private SortedMap<VaultEntry, byte[]> read() {
        try {
            return file.read().map(VaultFormat::read).orElseGet(TreeMap::new);
        } catch (IllegalArgumentException e) {
            throw new VaultException(
                    file + " is not a vault or was damaged; restore it, or delete it and provision the app again", e);
        }
    }

    private void write(SortedMap<VaultEntry, byte[]> entries) {
        file.write(VaultFormat.write(entries));
    }

    /** Encrypts a value, adds it and wipes the plaintext. */
    private void put(SortedMap<VaultEntry, byte[]> entries, VaultEntry name, byte[] open) {
        try {
            entries.put(name, name.seal(open, keys.vaultKey(), random));
        } finally {
            Arrays.fill(open, (byte) 0);
        }
    }

    /** Decrypts a value, decodes it and wipes the plaintext. */
    private <T> T open(VaultEntry name, byte[] closed, Function<byte[], T> reader) {
        byte[] open = name.open(closed, keys.vaultKey());
        try {
            return reader.apply(open);
        } catch (IllegalArgumentException e) {
            throw new VaultException(
                    "The vault entry of " + name.owner() + " has an unknown format; a later version of this"
                            + " library may read it",
                    e);
        } finally {
            Arrays.fill(open, (byte) 0);
        }
    }

    private DeviceKey openKey(VaultEntry name, byte[] closed) {
        return open(name, closed, DeviceKey::fromBytes);
    }

    private SoftwareToken openToken(VaultEntry name, byte[] closed) {
        return SoftwareToken.of(open(name, closed, ContentsFormat::read));
    }

    @Override
    public String toString() {
        return "TokenVault[" + file + "]";
    }
}
