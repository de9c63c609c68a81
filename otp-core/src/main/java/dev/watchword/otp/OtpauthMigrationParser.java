package dev.watchword.otp;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/** Parses an {@code otpauth-migration} URI. An error message names the part that is wrong and shows no text of the URI. */
final class OtpauthMigrationParser {
    private static final int MAX_LENGTH = 16_384;

    /** An app shows far fewer QR codes for one export. */
    private static final int MAX_PARTS = 1000;

    private static final String START = "otpauth-migration://offline?";
    private static final String PARAMETER = "data=";

    private final Function<byte[], OtpSecret> secretReader;
    private final List<OtpauthUri> uris = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    private OtpauthMigrationParser(Function<byte[], OtpSecret> secretReader) {
        this.secretReader = secretReader;
    }

    static OtpauthMigration parse(String uri, Function<byte[], OtpSecret> secretReader) {
        if (uri.length() > MAX_LENGTH || !uri.regionMatches(true, 0, START, 0, START.length())) {
            throw new IllegalArgumentException(
                    "A migration URI must begin with " + START + " and have at most " + MAX_LENGTH + " characters");
        }
        for (String parameter : uri.substring(START.length()).split("&", -1)) {
            if (parameter.startsWith(PARAMETER)) {
                byte[] payload = payload(parameter.substring(PARAMETER.length()));
                try {
                    return new OtpauthMigrationParser(secretReader).part(payload);
                } finally {
                    Arrays.fill(payload, (byte) 0);
                }
            }
        }
        throw new IllegalArgumentException("A migration URI must have the parameter data");
    }

    /** Decodes Base64 in either alphabet. Apps leave the plus sign unencoded, which some scanners turn into a space. */
    private static byte[] payload(String encoded) {
        String text = PercentEncoding.decode(encoded, "The parameter data", new OtpauthRepairs(false));
        try {
            return Base64.getDecoder()
                    .decode(text.replace(' ', '+').replace('-', '+').replace('_', '/'));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The parameter data must be Base64 (RFC 4648 §4)");
        }
    }

    private OtpauthMigration part(byte[] payload) {
        ProtobufReader message = new ProtobufReader(payload);
        int parts = 1;
        int index = 0;
        long exportId = 0;
        int entries = 0;
        for (int field = message.nextField(); field != 0; field = message.nextField()) {
            switch (field) {
                case 1 -> entry(++entries, message.bytes());
                case 3 -> parts = Math.max(1, message.smallNumber());
                case 4 -> index = message.smallNumber();
                case 5 -> exportId = message.number();
                default -> message.skip(); // 2 is the version of the format, which has not changed the fields.
            }
        }
        if (index < 0 || index >= parts || parts > MAX_PARTS) {
            throw new IllegalArgumentException(
                    "The number of a part must be less than the number of parts, at most " + MAX_PARTS);
        }
        return new OtpauthMigration(uris, problems, index + 1, parts, exportId);
    }

    private void entry(int number, byte[] message) {
        try {
            uris.add(new Entry(message).value(secretReader));
        } catch (IllegalArgumentException e) {
            problems.add("entry " + number + ": " + e.getMessage());
        } finally {
            Arrays.fill(message, (byte) 0);
        }
    }

    /** One entry, {@code OtpParameters} in the app. An absent field has the value 0 or is empty. */
    private static final class Entry {
        private byte[] secret = {};
        private String name = "";
        private String issuer = "";
        private int algorithm;
        private int digits;
        private int type;
        private long counter;

        Entry(byte[] bytes) {
            ProtobufReader message = new ProtobufReader(bytes);
            for (int field = message.nextField(); field != 0; field = message.nextField()) {
                switch (field) {
                    case 1 -> secret = message.bytes();
                    case 2 -> name = text(message.bytes());
                    case 3 -> issuer = text(message.bytes());
                    case 4 -> algorithm = message.smallNumber();
                    case 5 -> digits = message.smallNumber();
                    case 6 -> type = message.smallNumber();
                    case 7 -> counter = message.number();
                    default -> message.skip();
                }
            }
        }

        private static String text(byte[] utf8) {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(utf8))
                        .toString();
            } catch (CharacterCodingException e) {
                throw new IllegalArgumentException("the names must be UTF-8");
            }
        }

        OtpauthUri value(Function<byte[], OtpSecret> reader) {
            try {
                OtpauthNames names = OtpauthNames.of(name, issuer, new OtpauthRepairs(false));
                OtpauthBuilder.requireNames(names.issuer(), names.account());
                HmacAlgorithm hash = hash();
                int length = digits();
                if (type == 1) {
                    return new OtpauthUri.ForHotp(
                            names.issuer(),
                            names.account(),
                            reader.apply(secret),
                            new HotpProfile(hash, length),
                            counter);
                }
                if (type == 2) {
                    TotpProfile profile = TotpProfile.of(hash, length, Duration.ofSeconds(30));
                    return new OtpauthUri.ForTotp(names.issuer(), names.account(), reader.apply(secret), profile);
                }
                throw new IllegalArgumentException("the type must be HOTP or TOTP");
            } finally {
                Arrays.fill(secret, (byte) 0);
            }
        }

        private HmacAlgorithm hash() {
            return switch (algorithm) {
                case 0, 1 -> HmacAlgorithm.SHA1;
                case 2 -> HmacAlgorithm.SHA256;
                case 3 -> HmacAlgorithm.SHA512;
                default -> throw new IllegalArgumentException("the hash function must be SHA-1, SHA-256 or SHA-512");
            };
        }

        private int digits() {
            return switch (digits) {
                case 0, 1 -> 6;
                case 2 -> 8;
                default -> throw new IllegalArgumentException("the number of digits must be 6 or 8");
            };
        }
    }
}
