package io.orrery.lab.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Damages bytes as accidents and attackers do: bits, lengths, pieces moved, taken away or put in. */
final class Mutator {
    private static final int MOST_CHANGES = 6;
    private static final int[] BYTES = {0, 1, 0x7f, 0x80, 0xff, '\n', '"', ',', '-', '0', ' ', 0x1b};
    private static final long[] NUMBERS = {
        0, 1, -1, 255, 256, 65_535, 65_536, Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE, 1L << 32, 100_000_000
    };
    private static final List<byte[]> WORDS = bytes(
            "NaN",
            "-1",
            "1e999",
            "1e-999",
            "0x1p3",
            "\"",
            "\"\"",
            "\n",
            "\r\n",
            "\r",
            ",",
            ";",
            "\t",
            "{",
            "}",
            "[",
            "]",
            ": ",
            "- ",
            "&a ",
            "*a",
            "<<: ",
            "!!binary ",
            "---\n",
            "...\n",
            "? ",
            "|\n",
            "null",
            "~",
            "9223372036854775808",
            "\u001b[2J",
            "\0",
            "\u2028",
            "\ud83d\ude00",
            "\ufeff",
            "#",
            "%",
            "grid: ",
            "IEND",
            "IDAT",
            "PLTE",
            "tRNS",
            "eXIf",
            "__metadata__",
            "\"shape\":[",
            "data_offsets",
            "0000000000000000000000");

    private final SplittableRandom random;

    Mutator(long seed) {
        this.random = new SplittableRandom(seed);
    }

    private static List<byte[]> bytes(String... words) {
        return Arrays.stream(words)
                .map(word -> word.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    int choice(int bound) {
        return random.nextInt(bound);
    }

    /** A damaged copy; {@code other} lends pieces. */
    byte[] damaged(byte[] original, byte[] other) {
        byte[] bytes = original.clone();
        int changes = 1 + random.nextInt(MOST_CHANGES);
        for (int i = 0; i < changes; i++) {
            bytes = changed(bytes, other);
        }
        return bytes;
    }

    private byte[] changed(byte[] bytes, byte[] other) {
        if (bytes.length == 0) {
            return WORDS.get(random.nextInt(WORDS.size()));
        }
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(10)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[at] = (byte) BYTES[random.nextInt(BYTES.length)];
            case 2 -> bytes[at] = (byte) random.nextInt(256);
            case 3 -> number(bytes, at);
            case 4 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 5 -> {
                return joined(bytes, at, new byte[0], Math.min(bytes.length, at + 1 + random.nextInt(16)));
            }
            case 6 -> {
                int end = Math.min(bytes.length, at + 1 + random.nextInt(64));
                return joined(bytes, at, Arrays.copyOfRange(bytes, at, end), at);
            }
            case 7 -> {
                int from = random.nextInt(other.length);
                return joined(
                        bytes,
                        at,
                        Arrays.copyOfRange(other, from, Math.min(other.length, from + 1 + random.nextInt(64))),
                        at);
            }
            default -> {
                return joined(bytes, at, WORDS.get(random.nextInt(WORDS.size())), at);
            }
        }
        return bytes;
    }

    private void number(byte[] bytes, int at) {
        long value = NUMBERS[random.nextInt(NUMBERS.length)];
        int size = 1 << random.nextInt(4);
        boolean little = random.nextBoolean();
        for (int i = 0; i < size && at + i < bytes.length; i++) {
            bytes[at + i] = (byte) (value >> 8 * (little ? i : size - 1 - i));
        }
    }

    private static byte[] joined(byte[] bytes, int at, byte[] piece, int resume) {
        byte[] whole = Arrays.copyOf(bytes, at + piece.length + bytes.length - resume);
        System.arraycopy(piece, 0, whole, at, piece.length);
        System.arraycopy(bytes, resume, whole, at + piece.length, bytes.length - resume);
        return whole;
    }
}
