package dev.watchword.demo.bank;

import static org.assertj.core.api.Assertions.assertThat;

import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class SealerTest {
    private final Sealer sealer = new Sealer(new SecretKeySpec(new byte[32], "AES"));

    @Test
    void onlyThePurposeOfATextOpensIt() {
        String sealed = sealer.seal("search", "青森 太郎");
        assertThat(sealer.open("search", sealed)).hasValue("青森 太郎");
        for (String other : new String[] {"list", "searc", "search2", ""}) {
            assertThat(sealer.open(other, sealed)).as(other).isEmpty();
        }
    }

    @Test
    void aChangedOrInventedTextDoesNotOpen() {
        String sealed = sealer.seal("search", "taro");
        assertThat(sealer.seal("search", "taro")).as("sealed again").isNotEqualTo(sealed);
        char last = sealed.charAt(10) == 'A' ? 'B' : 'A';
        assertThat(sealer.open("search", sealed.substring(0, 10) + last + sealed.substring(11)))
                .isEmpty();
        assertThat(sealer.open("search", "taro")).isEmpty();
        assertThat(sealer.open("search", "")).isEmpty();
        assertThat(new Sealer(new SecretKeySpec(new byte[16], "AES")).open("search", sealed))
                .isEmpty();
    }
}
