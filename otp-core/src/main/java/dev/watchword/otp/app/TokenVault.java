package dev.watchword.otp.app;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * An app's software tokens, at most one for each user ID at each service. The vault also stores the device keys of
 * tokens that are being provisioned.
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
     * and deletes the key in one write. A new token replaces the user's previous token.
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
            Optional<TokenContents> contents = key.open(answer, serviceId, userId);
            key.destroy();
            if (contents.isPresent()) {
                put(entries, VaultEntry.token(owner), ContentsFormat.write(contents.get()));
                write(entries);
            }
            return contents.map(SoftwareToken::of);
        });
    }

    /**
     * Stores a token that was provisioned without this vault. The token replaces the user's previous token.
     *
     * @param contents the contents. The caller may continue to use them
     * @throws IllegalStateException if the secret of the contents is destroyed
     */
    public void add(TokenContents contents) {
        file.locked(() -> {
            SortedMap<VaultEntry, byte[]> entries = read();
            put(entries, VaultEntry.token(contents.owner()), ContentsFormat.write(contents));
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
     * Deletes a user's token and device key, even if they no longer open.
     *
     * @param serviceId the service ID, 8 ASCII digits
     * @param userId the user ID, 12 ASCII digits
     * @return whether a token or a device key was deleted
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
