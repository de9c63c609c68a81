package dev.watchword.otp.lifecycle.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.internal.BackupCodeText.Kind;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Codes survive the ways in which people type them, and a mistyped code is no code. */
@Tag("R14.1")
@Tag("R14.2")
class BackupCodeTextTest {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static final List<Character> SYMBOLS =
            ALPHABET.chars().mapToObj(c -> (char) c).toList();

    private final SecureRandom random = new SecureRandom();

    private String draw(Kind kind, int slot, int symbols) {
        return BackupCodeText.draw(kind, slot, symbols, random).exposeSymbols();
    }

    private static boolean isCode(Kind kind, String text) {
        return BackupCodeText.parse(kind, text).isPresent();
    }

    @Test
    void hasASlotRandomSymbolsAndACheckSymbol() {
        for (int slot = 0; slot < BackupCodeText.MAX_SLOTS; slot++) {
            for (int symbols : List.of(BackupCodeText.SHORT, BackupCodeText.LONG)) {
                BackupCodeText code = BackupCodeText.draw(Kind.EMERGENCY, slot, symbols, random);
                assertEquals(slot, code.slot());
                assertEquals(symbols + 2, code.exposeSymbols().length());
                BackupCodeText read = BackupCodeText.parse(Kind.EMERGENCY, code.exposeGroups())
                        .orElseThrow();
                assertEquals(code.exposeSymbols(), read.exposeSymbols());
                assertEquals(slot, read.slot());
            }
        }
        assertTrue(BackupCodeText.draw(Kind.RECOVERY, 3, BackupCodeText.LONG, random)
                .exposeGroups()
                .matches("3[0-9A-Z]{4}-[0-9A-Z]{5}-[0-9A-Z]{5}"));
        assertTrue(BackupCodeText.draw(Kind.EMERGENCY, 15, BackupCodeText.SHORT, random)
                .exposeGroups()
                .matches("F[0-9A-Z]{3}-[0-9A-Z]{4}"));
    }

    @Test
    void drawsEverySymbolInEveryRandomPlace() {
        Set<String> drawn = new HashSet<>();
        for (int i = 0; i < 2000; i++) {
            String code = draw(Kind.RECOVERY, 0, BackupCodeText.LONG);
            for (int place = 1; place <= BackupCodeText.LONG; place++) {
                drawn.add(place + " " + code.charAt(place));
            }
        }
        assertEquals(BackupCodeText.LONG * ALPHABET.length(), drawn.size());
    }

    @Test
    void aTextWithOneWrongSymbolIsNoCode() {
        for (int symbols : List.of(BackupCodeText.SHORT, BackupCodeText.LONG)) {
            for (int i = 0; i < 20; i++) {
                String code = draw(Kind.EMERGENCY, i % BackupCodeText.MAX_SLOTS, symbols);
                for (int place = 0; place < code.length(); place++) {
                    for (char other : SYMBOLS) {
                        String changed = code.substring(0, place) + other + code.substring(place + 1);
                        assertEquals(changed.equals(code), isCode(Kind.EMERGENCY, changed), changed);
                    }
                }
            }
        }
    }

    /** The check is linear, so the other symbols do not matter. */
    @Test
    void aTextWithTwoExchangedSymbolsIsNoCode() {
        for (int i = 0; i < 200; i++) {
            String code = draw(Kind.RECOVERY, i % BackupCodeText.MAX_SLOTS, BackupCodeText.LONG);
            for (int one = 0; one < code.length(); one++) {
                for (int other = one + 1; other < code.length(); other++) {
                    StringBuilder exchanged = new StringBuilder(code);
                    exchanged.setCharAt(one, code.charAt(other));
                    exchanged.setCharAt(other, code.charAt(one));
                    boolean same = code.charAt(one) == code.charAt(other);
                    assertEquals(same, isCode(Kind.RECOVERY, exchanged.toString()), () -> code + " → " + exchanged);
                }
            }
        }
    }

    /** Every two different symbols at every two neighbouring places, in a code whose other symbols are drawn. */
    @Test
    void aTextWithTwoExchangedNeighboursIsNoCode() {
        String drawn = draw(Kind.RECOVERY, 0, BackupCodeText.LONG);
        for (int place = 0; place < drawn.length() - 1; place++) {
            for (char one : SYMBOLS) {
                for (char other : SYMBOLS) {
                    if (one != other && (place > 0 || ALPHABET.indexOf(one) < BackupCodeText.MAX_SLOTS)) {
                        StringBuilder code = new StringBuilder(drawn);
                        code.setCharAt(place, one);
                        code.setCharAt(place + 1, other);
                        complete(code, place < 2 ? 5 : 1);
                        code.setCharAt(place, other);
                        code.setCharAt(place + 1, one);
                        assertFalse(isCode(Kind.RECOVERY, code.toString()), code::toString);
                    }
                }
            }
        }
    }

    /** Sets the symbol at a place so that the text is a code. */
    private static void complete(StringBuilder text, int place) {
        for (char symbol : SYMBOLS) {
            text.setCharAt(place, symbol);
            if (isCode(Kind.RECOVERY, text.toString())) {
                return;
            }
        }
        throw new AssertionError("A symbol completes every code");
    }

    @Test
    void aCodeOfOneKindIsNoCodeOfTheOther() {
        for (int slot = 0; slot < BackupCodeText.MAX_SLOTS; slot++) {
            assertFalse(isCode(Kind.RECOVERY, draw(Kind.EMERGENCY, slot, BackupCodeText.LONG)));
            assertFalse(isCode(Kind.EMERGENCY, draw(Kind.RECOVERY, slot, BackupCodeText.LONG)));
            assertFalse(isCode(Kind.RECOVERY, draw(Kind.EMERGENCY, slot, BackupCodeText.SHORT)));
        }
        assertFalse(isCode(Kind.RECOVERY, draw(Kind.RECOVERY, 0, BackupCodeText.SHORT)));
    }

    @Test
    void readsWhatPeopleType() {
        for (int i = 0; i < 500; i++) {
            String code = draw(Kind.EMERGENCY, i % BackupCodeText.MAX_SLOTS, BackupCodeText.LONG);
            for (String typed : List.of(
                    code.toLowerCase(Locale.ROOT),
                    code.replace('1', 'I').replace('0', 'O'),
                    code.replace('1', 'l').replace('0', 'o'),
                    "  " + code.substring(0, 5) + " – " + code.substring(5) + "\u3000",
                    "-" + String.join(" ", code.split("")) + "--",
                    fullWidth(code),
                    fullWidth(code.toLowerCase(Locale.ROOT)),
                    code.substring(0, 5) + "ー" + code.substring(5, 10) + "－" + code.substring(10))) {
                assertEquals(
                        Optional.of(code),
                        BackupCodeText.parse(Kind.EMERGENCY, typed).map(BackupCodeText::exposeSymbols),
                        typed);
            }
        }
    }

    private static String fullWidth(String text) {
        StringBuilder wide = new StringBuilder();
        text.chars().forEach(c -> wide.append((char) (c + 0xfee0)));
        return wide.toString();
    }

    @Test
    void theDefaultLocaleDoesNotMatter() {
        Locale before = Locale.getDefault();
        try {
            for (String tag : List.of("tr-TR", "ar-EG", "fa-IR")) {
                Locale.setDefault(Locale.forLanguageTag(tag));
                readsWhatPeopleType();
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void anotherTextIsNoCode() {
        String code = draw(Kind.EMERGENCY, 0, BackupCodeText.LONG);
        assertTrue(BackupCodeText.parse(Kind.EMERGENCY, null).isEmpty());
        for (String text : List.of(
                "",
                "-",
                code + "0",
                code.substring(1),
                code.substring(0, 14) + "U",
                code.substring(0, 14) + "u",
                code.substring(0, 14) + "é",
                code.substring(0, 14) + "٣",
                code.substring(0, 14) + "\uff01",
                code.substring(0, 14) + "\uff5f",
                code + ".",
                code + "\n",
                code + " ".repeat(50),
                "7".repeat(1_000_000))) {
            assertFalse(isCode(Kind.EMERGENCY, text), text);
        }
        assertTrue(isCode(Kind.EMERGENCY, code + " ".repeat(49)));
    }

    /** The weighted sum alone would not find every such text. */
    @Test
    void aTextWithTwoOtherSymbolsIsNoCode() {
        for (int i = 0; i < 20; i++) {
            String code = draw(Kind.RECOVERY, 0, BackupCodeText.LONG);
            for (int one = 1; one < code.length(); one++) {
                for (int other = one + 1; other < code.length(); other++) {
                    StringBuilder text = new StringBuilder(code);
                    text.setCharAt(one, 'U');
                    text.setCharAt(other, '?');
                    assertFalse(isCode(Kind.RECOVERY, text.toString()), text::toString);
                }
            }
        }
    }

    /** The first symbol alone decides: no text with a greater one is a code, with any check symbol. */
    @Test
    void aSlotAboveFifteenIsNoCode() {
        for (char slot : SYMBOLS.subList(BackupCodeText.MAX_SLOTS, SYMBOLS.size())) {
            for (char check : SYMBOLS) {
                for (Kind kind : Kind.values()) {
                    assertFalse(isCode(kind, slot + "0".repeat(BackupCodeText.LONG) + check));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 32})
    void drawsNoCodeForASlotWithoutASymbol(int slot) {
        assertThrows(IndexOutOfBoundsException.class, () -> draw(Kind.RECOVERY, slot, BackupCodeText.LONG));
    }

    @Test
    void doesNotShowTheCode() {
        BackupCodeText code = BackupCodeText.draw(Kind.RECOVERY, 1, BackupCodeText.LONG, random);
        assertEquals("BackupCodeText[redacted]", code.toString());
        assertNotEquals(
                code.exposeSymbols(),
                BackupCodeText.draw(Kind.RECOVERY, 1, BackupCodeText.LONG, random)
                        .exposeSymbols());
    }
}
