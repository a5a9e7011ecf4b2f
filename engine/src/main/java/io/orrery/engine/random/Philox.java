package io.orrery.engine.random;

/**
 * Philox 4x32-10 (Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", 2011): ten rounds that turn
 * a counter of four 32-bit words and a key of two into four random words.
 *
 * <p>Counter of every draw of Orrery, word by word: block number, low 32 bits; block number, bits 32 to 47, with the
 * attempt (12 bits) and the purpose (4 bits) above; step, low; step, high. Key: low, high. Which block and which
 * of its words make element i is said where each distribution is drawn ({@link Draws}).
 */
public final class Philox {
    static final long MULTIPLIER_0 = 0xD2511F53L;
    static final long MULTIPLIER_2 = 0xCD9E8D57L;
    static final int WEYL_0 = 0x9E3779B9;
    static final int WEYL_1 = 0xBB67AE85;
    static final int ROUNDS = 10;
    static final long LOW = 0xFFFFFFFFL;

    private Philox() {}

    /**
     * Random words 0 and 1 (or 2 and 3) of a counter, the first in the low half.
     *
     * @param counterLow counter words 0 (low half) and 1
     * @param counterHigh counter words 2 (low half) and 3
     * @param key key words 0 (low half) and 1
     * @param upper whether to return words 2 and 3
     */
    public static long words(long counterLow, long counterHigh, long key, boolean upper) {
        long c0 = counterLow & LOW;
        long c1 = counterLow >>> 32;
        long c2 = counterHigh & LOW;
        long c3 = counterHigh >>> 32;
        int k0 = (int) key;
        int k1 = (int) (key >>> 32);
        for (int round = 0; round < ROUNDS; round++) {
            long product0 = MULTIPLIER_0 * c0;
            long product2 = MULTIPLIER_2 * c2;
            c0 = (product2 >>> 32) ^ c1 ^ (k0 & LOW);
            c1 = product2 & LOW;
            c2 = (product0 >>> 32) ^ c3 ^ (k1 & LOW);
            c3 = product0 & LOW;
            k0 += WEYL_0;
            k1 += WEYL_1;
        }
        return upper ? c2 | c3 << 32 : c0 | c1 << 32;
    }
}
