package dev.watchword.otp.app;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The binary encoding of a vault's entries. It begins with a format number. Each entry follows with its name, the
 * length of its sealed value and the value. The entries are ordered by name. Each vault has exactly one encoding, and
 * {@link #read} rejects all other bytes.
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

    /** Decodes bytes that {@link #write} encoded. Other bytes are an {@link IllegalArgumentException}. */
    static SortedMap<VaultEntry, byte[]> read(byte[] bytes) {
        SortedMap<VaultEntry, byte[]> entries = new TreeMap<>();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (!in.hasRemaining() || in.get() != FORMAT) {
            throw new IllegalArgumentException("A vault must begin with format 1");
        }
        while (in.hasRemaining()) {
            VaultEntry name = VaultEntry.fromBytes(take(in, VaultEntry.LENGTH));
            int length = ByteBuffer.wrap(take(in, Short.BYTES)).getShort() & LENGTH_MASK;
            if (!entries.isEmpty() && entries.lastKey().compareTo(name) >= 0) {
                throw new IllegalArgumentException("The entries of a vault must be ordered by name, each name once");
            }
            entries.put(name, take(in, length));
        }
        return entries;
    }

    private static byte[] take(ByteBuffer in, int length) {
        if (length > in.remaining()) {
            throw new IllegalArgumentException("A vault must be complete; restore it from a copy");
        }
        byte[] taken = new byte[length];
        in.get(taken);
        return taken;
    }
}
