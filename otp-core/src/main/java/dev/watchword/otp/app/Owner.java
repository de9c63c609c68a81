package dev.watchword.otp.app;

import dev.watchword.otp.internal.Require;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;

/** The owner of a token: a user at a service. Both IDs have a fixed length. */
record Owner(String serviceId, String userId) implements Comparable<Owner> {
    static final int SERVICE_ID_LENGTH = 8;
    static final int USER_ID_LENGTH = 12;

    /** The length in bytes of the result of {@link #toBytes}. */
    static final int LENGTH = SERVICE_ID_LENGTH + USER_ID_LENGTH;

    private static final Comparator<Owner> ORDER =
            Comparator.comparing(Owner::serviceId).thenComparing(Owner::userId);

    Owner {
        requireIds(serviceId, userId);
    }

    static void requireIds(String serviceId, String userId) {
        Require.digits(serviceId, "service ID", SERVICE_ID_LENGTH, SERVICE_ID_LENGTH);
        Require.digits(userId, "user ID", USER_ID_LENGTH, USER_ID_LENGTH);
    }

    /** Encodes the service ID and the user ID in ASCII. Their lengths are fixed, so no separator is needed. */
    byte[] toBytes() {
        return (serviceId + userId).getBytes(StandardCharsets.US_ASCII);
    }

    static Owner fromBytes(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.US_ASCII);
        return new Owner(text.substring(0, SERVICE_ID_LENGTH), text.substring(SERVICE_ID_LENGTH));
    }

    @Override
    public int compareTo(Owner other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return "user " + userId + " at service " + serviceId;
    }
}
