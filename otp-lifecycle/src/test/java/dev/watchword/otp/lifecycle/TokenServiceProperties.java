package dev.watchword.otp.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.watchword.otp.lifecycle.model.EventType;
import dev.watchword.otp.lifecycle.model.Holder;
import dev.watchword.otp.lifecycle.model.Purpose;
import dev.watchword.otp.lifecycle.testing.FakePhone;
import dev.watchword.otp.lifecycle.testing.InMemoryTokenStore;
import dev.watchword.otp.lifecycle.testing.TestInstitution;
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

    /** No code is accepted twice, for any movement of the clock and any order of codes. */
    @Property(tries = 300)
    @Tag("R1.2")
    @Tag("R11.2")
    void noCodeIsAcceptedTwice(
            @ForAll @Size(max = 60) List<@IntRange(min = -3, max = 3) Integer> moves,
            @ForAll @Size(60) List<@IntRange(min = -2, max = 2) Integer> drifts)
            throws NoSuchAlgorithmException {
        FakeClock clock = FakeClock.at("2026-11-23T09:00:00Z");
        Institution bank = TestInstitution.builder(new InMemoryTokenStore(), clock)
                .random(alwaysTheSame())
                .build();
        TokenService tokens = bank.tokens();
        FakePhone phone = FakePhone.issued(tokens, TARO, clock);
        Set<String> accepted = new HashSet<>(List.of(phone.code()));
        assertTrue(tokens.activateSoftware(TARO, Confirmation.NONE.code(phone.code()))
                .isAccepted());

        for (int i = 0; i < moves.size(); i++) {
            clock.advance(Duration.ofSeconds(60L * moves.get(i)));
            String code = phone.authenticator().code(drifts.get(i));
            if (tokens.verify(TARO, code, Purpose.LOGIN).isAccepted()) {
                assertTrue(accepted.add(code));
            }
        }
        assertEquals(
                accepted.size() - 1L,
                bank.histories().read(TARO, 0, 1000).stream()
                        .filter(event -> event.type() == EventType.CODE_ACCEPTED)
                        .count());
    }

    /** A fixed secret, so that the codes are equal in every run and all different. */
    private static SecureRandom alwaysTheSame() throws NoSuchAlgorithmException {
        SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
        random.setSeed(1);
        return random;
    }
}
