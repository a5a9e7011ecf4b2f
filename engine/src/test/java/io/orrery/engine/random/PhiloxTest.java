package io.orrery.engine.random;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The known answers that come with Random123 (kat_vectors, philox4x32 with 10 rounds). */
class PhiloxTest {
    @Test
    void knownAnswers() {
        assertWords(0, 0, 0, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
        assertWords(-1, -1, -1, 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);
        assertWords(
                pair(0x243f6a88, 0x85a308d3),
                pair(0x13198a2e, 0x03707344),
                pair(0xa4093822, 0x299f31d0),
                0xd16cfe09,
                0x94fdcceb,
                0x5001e420,
                0x24126ea1);
    }

    private static void assertWords(
            long counterLow, long counterHigh, long key, int word0, int word1, int word2, int word3) {
        assertThat(Philox.words(counterLow, counterHigh, key, false)).isEqualTo(pair(word0, word1));
        assertThat(Philox.words(counterLow, counterHigh, key, true)).isEqualTo(pair(word2, word3));
    }

    private static long pair(int low, int high) {
        return (low & 0xFFFFFFFFL) | (long) high << 32;
    }
}
