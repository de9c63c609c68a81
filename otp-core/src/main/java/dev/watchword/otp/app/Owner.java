package dev.watchword.otp.app;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;

/** Whose token it is: a user at a service. */
record Owner(String serviceId, String userId) implements Comparable<Owner> {
    static final int SERVICE_ID_LENGTH = 8;
    static final int USER_ID_LENGTH = 12;

    /** The length of {@link #toBytes}. */
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

    /** Both, of which each has its fixed length. */
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
