package dev.watchword.otp.app;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A vault's entries as bytes: a format number, then each entry's name, the length of its sealed value and the value, in the
 * order of the names. Each vault has one encoding, and nothing else is read.
 */
final class VaultFormat {
    private static final byte FORMAT = 1;
    private static final int LENGTH_MASK = 0xffff;

    private VaultFormat() {}

    static byte[] write(SortedMap<VaultEntry, byte[]> entries) {
        int length = 1;
        for (byte[] sealed : entries.values()) {
            length += VaultEntry.LENGTH + Short.BYTES + sealed.length;
        }
        ByteBuffer out = ByteBuffer.allocate(length).put(FORMAT);
        for (Map.Entry<VaultEntry, byte[]> entry : entries.entrySet()) {
            byte[] sealed = entry.getValue();
            out.put(entry.getKey().toBytes()).putShort((short) sealed.length).put(sealed);
        }
        return out.array();
    }

    /** Reads what {@link #write} wrote; anything else is an {@link IllegalArgumentException}. */
    static SortedMap<VaultEntry, byte[]> read(byte[] bytes) {
        SortedMap<VaultEntry, byte[]> entries = new TreeMap<>();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (!in.hasRemaining() || in.get() != FORMAT) {
            throw new IllegalArgumentException("A vault begins with its format, 1");
        }
        while (in.hasRemaining()) {
            VaultEntry name = VaultEntry.fromBytes(take(in, VaultEntry.LENGTH));
            int length = ByteBuffer.wrap(take(in, Short.BYTES)).getShort() & LENGTH_MASK;
            if (!entries.isEmpty() && entries.lastKey().compareTo(name) >= 0) {
                throw new IllegalArgumentException("The entries of a vault are in order, each name once");
            }
            entries.put(name, take(in, length));
        }
        return entries;
    }

    private static byte[] take(ByteBuffer in, int length) {
        if (length > in.remaining()) {
            throw new IllegalArgumentException("A vault is cut off");
        }
        byte[] taken = new byte[length];
        in.get(taken);
        return taken;
    }
}
