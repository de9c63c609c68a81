package dev.watchword.otp.lifecycle.seeds;

import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.TOTP;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.all;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.failure;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.good;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.stream;
import static dev.watchword.otp.lifecycle.seeds.support.SeedFiles.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.seeds.support.SeedFiles;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A file cannot make the reader hold or process more than its bounds. */
@Tag("R5.1")
class PskcBoundsTest {
    private static String deep(int levels) {
        return with(
                TOTP,
                "</KeyPackage>",
                "<x:a xmlns:x=\"urn:x\">" + "<a>".repeat(levels - 1) + "</a>".repeat(levels - 1)
                        + "</x:a></KeyPackage>");
    }

    @Test
    void boundsTheDepth() {
        assertEquals(good(TOTP), good(deep(14)));
        assertTrue(failure(deep(15)).contains("elements more than 16 deep"));
        assertTrue(failure(deep(1_000_000)).contains("elements more than 16 deep"));
    }

    @Test
    void boundsTheNumberOfElements() {
        String many = "<Extensions>" + "<a/>".repeat(600) + "</Extensions></Key>";
        assertTrue(failure(with(TOTP, "</Key>", many)).contains("more than 500 in one record"));
        int own = TOTP.split("<\\w").length - 2;
        assertEquals(
                good(TOTP),
                good(with(TOTP, "</Key>", "<Extensions>" + "<a/>".repeat(499 - own) + "</Extensions></Key>")));
        assertTrue(failure(with(TOTP, "</Key>", "<Extensions>" + "<a/>".repeat(500 - own) + "</Extensions></Key>"))
                .contains("more than 500 in one record"));
    }

    @Test
    void boundsTheNumberOfAttributes() {
        StringBuilder attributes = new StringBuilder();
        for (int i = 0; i < 31; i++) {
            attributes.append(" a").append(i).append("=\"\"");
        }
        assertEquals(good(TOTP), good(with(TOTP, "<Issuer>", "<Issuer" + attributes + ">")));
        assertTrue(failure(with(TOTP, "<Issuer>", "<Issuer" + attributes + " b=\"\" c=\"\">"))
                .contains("32 attributes"));
    }

    @Test
    void boundsTheText() {
        assertTrue(failure(with(TOTP, "The issuer", "x".repeat(1 << 16))).contains("characters of text in one record"));
        assertTrue(failure(with(TOTP, "The issuer", "<![CDATA[" + "x".repeat(1 << 16) + "]]>"))
                .contains("characters of text"));
        assertTrue(failure(with(TOTP, "<Issuer>", "<Issuer a=\"" + "x".repeat(1 << 16) + "\">"))
                .contains("characters of text"));
        assertTrue(SeedFiles.bad(with(TOTP, "The issuer", "x".repeat(1 << 15)))
                .problem()
                .startsWith("ISSUER"));
    }

    @Test
    void boundsEachPiece() {
        String huge = "x".repeat(BoundedStream.MAX_PIECE + 20_000);
        for (String piece :
                new String[] {"<!--" + huge + "-->", "<?p " + huge + "?>", "<x:a xmlns:x=\"u\" a=\"" + huge + "\"/>"}) {
            String message = failure(with(TOTP, "<KeyPackage>", piece + "<KeyPackage>"));
            assertTrue(message.contains("more than 262144 bytes"), message);
        }
    }

    @Test
    void boundsNames() {
        assertTrue(failure(with(TOTP, "<KeyPackage>", "<" + "x".repeat(2000) + "/><KeyPackage>"))
                .contains("not well-formed"));
    }

    @Test
    void boundsTheLengthOfTheFile() {
        int length = TOTP.getBytes(StandardCharsets.UTF_8).length;
        SeedLimits exact = SeedLimits.DEFAULT
                .withMaxBytes(length)
                .withMaxSignedBytes(1)
                .withMaxRecords(1)
                .withMaxIterations(1);
        assertEquals(
                1, all(PskcReader.open(stream(TOTP), PskcKey.none(), exact)).size());
        SeedLimits less = SeedLimits.DEFAULT
                .withMaxBytes(length - 1)
                .withMaxSignedBytes(1)
                .withMaxRecords(1)
                .withMaxIterations(1);
        SeedFileException e =
                assertThrows(SeedFileException.class, () -> all(PskcReader.open(stream(TOTP), PskcKey.none(), less)));
        assertTrue(String.valueOf(e.getMessage()).contains("longer than " + (length - 1) + " bytes"));
    }

    @Test
    void boundsTheNumberOfRecords() {
        String two = TOTP.replaceAll("(?s)(<KeyPackage>.*</KeyPackage>)", "$1$1");
        assertEquals(
                2,
                all(PskcReader.open(
                                stream(two),
                                PskcKey.none(),
                                SeedLimits.DEFAULT
                                        .withMaxBytes(9999)
                                        .withMaxSignedBytes(1)
                                        .withMaxRecords(2)
                                        .withMaxIterations(1)))
                        .size());
        SeedReader reader = PskcReader.open(
                stream(two),
                PskcKey.none(),
                SeedLimits.DEFAULT
                        .withMaxBytes(9999)
                        .withMaxSignedBytes(1)
                        .withMaxRecords(1)
                        .withMaxIterations(1));
        assertTrue(reader.next() instanceof SeedRecord.Good);
        SeedFileException e = assertThrows(SeedFileException.class, reader::next);
        assertTrue(String.valueOf(e.getMessage()).contains("more than 1 records"), e.getMessage());
        assertTrue(String.valueOf(e.getMessage()).contains("(record 2, line "), e.getMessage());
    }
}
