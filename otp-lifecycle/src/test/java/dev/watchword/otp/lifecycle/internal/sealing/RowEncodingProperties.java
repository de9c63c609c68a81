package dev.watchword.otp.lifecycle.internal.sealing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.watchword.otp.lifecycle.model.Enrolment;
import dev.watchword.otp.lifecycle.model.RowMac;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;

class RowEncodingProperties {
    /** Two enrolments with one encoding would both be the decoded one, so they are equal. */
    @Property
    @Tag("R10.5")
    void anEncodingDecodesToItsEnrolment(@ForAll long seed) {
        for (Enrolment enrolment : new Enrolment[] {RandomEnrolments.of(seed), RandomEnrolments.full(seed)}) {
            assertEquals(enrolment, RowDecoder.decode(RowDecoder.encoded(1, enrolment)));
        }
    }

    @Property
    @Tag("R10.5")
    void theCodeItselfIsNotCovered(@ForAll long seed) {
        Enrolment enrolment = RandomEnrolments.of(seed);
        Enrolment stored =
                enrolment.toBuilder().rowMac(new RowMac(new byte[] {1, 2})).build();
        assertArrayEquals(RowDecoder.encoded(1, enrolment), RowDecoder.encoded(1, stored));
    }
}
