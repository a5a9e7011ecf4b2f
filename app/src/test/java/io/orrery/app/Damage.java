package io.orrery.app;

import io.orrery.engine.random.RandomStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** One random damage to a file, by number: the same seed and number do the same. */
final class Damage {
    private static final int KINDS = 8;

    private final RandomStream random;
    private final long number;
    private int draws;

    Damage(long seed, long number) {
        this.random = RandomStream.of(seed, "damage");
        this.number = number;
    }

    /** A whole number from 0 to below a bound. */
    int below(int bound) {
        return random.integer(number, draws++, bound);
    }

    /** Damages a file; says how. */
    String to(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int length = Math.max(1, bytes.length);
        int at = below(length);
        int count = 1 + below(Math.min(64, length));
        switch (below(KINDS)) {
            case 0, 1 -> {
                if (bytes.length > 0) {
                    bytes[at] ^= (byte) (1 << below(8));
                }
                Files.write(file, bytes);
                return "flipped a bit of byte " + at;
            }
            case 2 -> {
                for (int i = at; i < Math.min(bytes.length, at + count); i++) {
                    bytes[i] = (byte) below(256);
                }
                Files.write(file, bytes);
                return "overwrote " + count + " bytes at " + at;
            }
            case 3 -> {
                Arrays.fill(bytes, Math.min(at, bytes.length), Math.min(bytes.length, at + count), (byte) 0);
                Files.write(file, bytes);
                return "zeroed " + count + " bytes at " + at;
            }
            case 4 -> {
                Files.write(file, Arrays.copyOf(bytes, Math.min(at, bytes.length)));
                return "cut to " + at + " bytes";
            }
            case 5 -> {
                Files.write(file, new byte[0]);
                return "emptied";
            }
            case 6 -> {
                Files.delete(file);
                return "deleted";
            }
            default -> {
                byte[] more = Arrays.copyOf(bytes, bytes.length + count);
                for (int i = bytes.length; i < more.length; i++) {
                    more[i] = (byte) below(256);
                }
                Files.write(file, more);
                return "appended " + count + " bytes";
            }
        }
    }
}
