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
 * An app's software tokens, one for each user ID at each service, and the device keys of those that are being provisioned.
 *
 * <p>They are in one file, each sealed with AES-256-GCM under the key of the platform's key store and bound to its service
 * and user. Each change replaces the file as a whole and durably, so a process that dies loses nothing that was done. Who
 * can write the file can cut it or bring back an older one, but read or forge none of it.
 *
 * <p>Nothing is kept in memory. Safe for use by several threads and processes. Whatever cannot be read, written or opened is
 * a {@link VaultException}.
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
     * Returns the vault in a file, which need not be there yet.
     *
     * @param file where it is kept, in a directory that exists; beside it come and go files with the same name and {@code
     *     .tmp} or {@code .lock}
     * @param keys where its key is kept
     * @param random the source of device keys and, where the key store's provider takes it, of nonces
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
     * @throws IllegalArgumentException if an ID is not of its form
     * @see #prepare(DeviceKeyType, String, String)
     */
    public DevicePublicKey prepare(String serviceId, String userId) {
        return prepare(DeviceKeyType.X_WING, serviceId, userId);
    }

    /**
     * Begins to provision a token. The device key is stored before it is returned, and returned again until its token is
     * there: so an app that lost the answer, even by dying, can ask for it again.
     *
     * @param type how the server is to seal its answer; another than the last time makes a new key
     * @param serviceId the service ID, 8 ASCII digits
     * @param userId the user ID, 12 ASCII digits
     * @return the public key to send to the server
     * @throws IllegalArgumentException if an ID is not of its form
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
     * Takes the server's answer: opens it with the device key that was prepared, stores the token, and forgets the key, in
     * one write. A token that was there for this user is replaced.
     *
     * @param answer the server's answer
     * @param serviceId the service ID, 8 ASCII digits
     * @param userId the user ID, 12 ASCII digits
     * @return the token; empty if the answer does not open (see {@link DeviceKey#open}), or none was prepared for: then
     *     nothing has changed, and the right answer is still taken
     * @throws IllegalArgumentException if an ID is not of its form
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
     * Stores a token that was provisioned without this vault. One that was there for its user is replaced.
     *
     * @param contents the contents; they stay usable
     * @throws IllegalStateException if their secret was destroyed
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
     * Returns all tokens, each with its secret in the open, to be destroyed when it is not shown any more.
     *
     * @return the tokens, expired ones too, in the order of service ID and user ID
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
     * Returns one token, with its secret in the open, to be destroyed when it is not shown any more.
     *
     * @param serviceId the service ID, 8 ASCII digits
     * @param userId the user ID, 12 ASCII digits
     * @return the token; empty if there is none for that user
     * @throws IllegalArgumentException if an ID is not of its form
     */
    public Optional<SoftwareToken> token(String serviceId, String userId) {
        VaultEntry name = VaultEntry.token(new Owner(serviceId, userId));
        return Optional.ofNullable(read().get(name)).map(closed -> openToken(name, closed));
    }

    /**
     * Forgets a user's token and device key, also where they do not open any more.
     *
     * @param serviceId the service ID, 8 ASCII digits
     * @param userId the user ID, 12 ASCII digits
     * @return whether there was anything to forget
     * @throws IllegalArgumentException if an ID is not of its form
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
                    file + " is no vault, or was damaged; restore it, or delete it and provision the app again", e);
        }
    }

    private void write(SortedMap<VaultEntry, byte[]> entries) {
        file.write(VaultFormat.write(entries));
    }

    /** Seals a value and wipes it. */
    private void put(SortedMap<VaultEntry, byte[]> entries, VaultEntry name, byte[] open) {
        try {
            entries.put(name, name.seal(open, keys.vaultKey(), random));
        } finally {
            Arrays.fill(open, (byte) 0);
        }
    }

    /** Opens a value, reads it and wipes it. */
    private <T> T open(VaultEntry name, byte[] closed, Function<byte[], T> reader) {
        byte[] open = name.open(closed, keys.vaultKey());
        try {
            return reader.apply(open);
        } catch (IllegalArgumentException e) {
            throw new VaultException(
                    "What the vault keeps for " + name.owner() + " is of an unknown format; a later version of this"
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
