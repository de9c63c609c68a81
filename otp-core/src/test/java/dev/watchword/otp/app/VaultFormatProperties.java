package dev.watchword.otp.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/** Properties of {@link VaultFormat} for random entries. */
@Tag("R4.5")
class VaultFormatProperties {

    @Provide
    Arbitrary<Map<VaultEntry, byte[]>> vaults() {
        Arbitrary<VaultEntry> names = Combinators.combine(
                        Arbitraries.of(VaultEntry.Kind.class),
                        Arbitraries.of("10112235", "00000000", "99999999"),
                        Arbitraries.strings().numeric().ofLength(12))
                .as((kind, serviceId, userId) -> new VaultEntry(kind, new Owner(serviceId, userId)));
        Arbitrary<byte[]> values = Arbitraries.bytes().array(byte[].class).ofMaxSize(60);
        return Arbitraries.maps(names, values).ofMaxSize(8);
    }

    @Property(tries = 300)
    void readsBackEachWrittenEntry(@ForAll("vaults") Map<VaultEntry, byte[]> vault) {
        SortedMap<VaultEntry, byte[]> read = VaultFormat.read(VaultFormat.write(new TreeMap<>(vault)));

        assertEquals(vault.keySet(), read.keySet());
        vault.forEach((name, value) -> assertArrayEquals(value, read.get(name)));
    }

    /** If one byte is changed, the reader rejects the bytes, or reads the only encoding of another vault. */
    @Property(tries = 300)
    void eachVaultHasOneEncoding(
            @ForAll("vaults") Map<VaultEntry, byte[]> vault,
            @ForAll @IntRange(max = 200) int index,
            @ForAll byte value) {
        byte[] bytes = VaultFormat.write(new TreeMap<>(vault));
        bytes[index % bytes.length] = value;
        try {
            assertArrayEquals(bytes, VaultFormat.write(VaultFormat.read(bytes)));
        } catch (IllegalArgumentException e) {
            assertEquals(IllegalArgumentException.class, e.getClass());
        }
    }

    @Property(tries = 300)
    void rejectsDuplicateEntries(@ForAll("vaults") Map<VaultEntry, byte[]> vault) {
        byte[] once = VaultFormat.write(new TreeMap<>(vault));
        byte[] twice = Arrays.copyOf(once, 2 * once.length - 1);
        System.arraycopy(once, 1, twice, once.length, once.length - 1);

        if (!vault.isEmpty()) {
            assertThrows(IllegalArgumentException.class, () -> VaultFormat.read(twice));
        }
    }
}
