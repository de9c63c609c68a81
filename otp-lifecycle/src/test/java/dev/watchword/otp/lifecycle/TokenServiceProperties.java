package dev.watchword.otp.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.InMemoryTokenStore;
import dev.watchword.otp.lifecycle.testing.InMemoryTokens;
import dev.watchword.otp.testing.FakeClock;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class TokenServiceProperties {
    private static final Holder TARO = new Holder("taro");

    /** Whatever the clock does and in whatever order the codes come, none is accepted twice. */
    @Property(tries = 300)
    @Tag("R1.2")
    @Tag("R11.2")
    void noCodeIsAcceptedTwice(
            @ForAll @Size(max = 60) List<@IntRange(min = -3, max = 3) Integer> moves,
            @ForAll @Size(60) List<@IntRange(min = -2, max = 2) Integer> drifts)
            throws NoSuchAlgorithmException {
        FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z");
        TokenService tokens = InMemoryTokens.builder(new InMemoryTokenStore(), clock)
                .random(alwaysTheSame())
                .build();
        FakePhone phone = FakePhone.issued(tokens, TARO, clock);
        Set<String> accepted = new HashSet<>(List.of(phone.code()));
        assertTrue(tokens.activateSoftware(TARO, Confirmation.NONE.code(phone.code())) instanceof Accepted);

        for (int i = 0; i < moves.size(); i++) {
            clock.advance(Duration.ofSeconds(60L * moves.get(i)));
            String code = phone.authenticator().code(drifts.get(i));
            if (tokens.verify(TARO, code, Purpose.LOGIN) instanceof Accepted) {
                assertTrue(accepted.add(code));
            }
        }
        assertEquals(
                accepted.size() - 1L,
                tokens.history(TARO, 0, 1000).stream()
                        .filter(event -> event.type() == EventType.CODE_ACCEPTED)
                        .count());
    }

    /** So that the codes are the same in every run, and happen to be all different. */
    private static SecureRandom alwaysTheSame() throws NoSuchAlgorithmException {
        SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
        random.setSeed(1);
        return random;
    }
}
