package io.orrery.lab.fuzz;

import io.orrery.lab.UserError;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A reader and sound files for it. Whatever becomes of one of the files, the reader takes it or refuses it with a
 * {@link UserError}: any other exception, a lack of memory, or more than {@link #PATIENCE_SECONDS} of processor time is a find.
 *
 * @param files sound files by name, in the folder that the reader is given
 * @param repair makes checksums of a damaged file right, so that what lies behind them is reached
 */
record Fuzzed(String name, Map<String, byte[]> files, UnaryOperator<byte[]> repair, Reading reading) {
    static final double PATIENCE_SECONDS = 5;
    private static final int MOST_FINDS = 5;

    /** Reads the files of a folder. */
    interface Reading {
        void read(Path folder) throws IOException;
    }

    /** How many damaged files were taken and refused, and what went wrong with which. */
    record Outcome(long taken, long refused, List<String> finds) {}

    /** Reads damaged files; those of the same seed are the same. */
    Outcome run(Path folder, long seed, long count) throws IOException {
        Mutator mutator = new Mutator(seed);
        List<String> names = List.copyOf(files.keySet());
        long taken = 0;
        long refused = 0;
        List<String> finds = new ArrayList<>();
        write(folder);
        Read sound = read(folder);
        sound.ifFound(finds::add);
        if (sound.refused) {
            throw new IllegalStateException("refuses sound files: " + sound.why);
        }
        for (long i = 0; i < count && finds.size() < MOST_FINDS; i++) {
            String name = names.get(mutator.choice(names.size()));
            byte[] other = files.get(names.get(mutator.choice(names.size())));
            byte[] damaged = mutator.damaged(files.get(name), other);
            if (mutator.choice(2) == 0) {
                damaged = repair.apply(damaged);
            }
            Files.write(folder.resolve(name), damaged);
            Read read = read(folder);
            taken += read.taken();
            refused += read.refused ? 1 : 0;
            if (!read.found.isEmpty()) {
                finds.add(read.found + " of " + name + ": " + kept(name, damaged));
            }
            Files.write(folder.resolve(name), files.get(name));
        }
        return new Outcome(taken, refused, finds);
    }

    /** Reads one file that was found before in place of the sound one of its name. */
    Outcome again(Path folder, String name, byte[] bytes) throws IOException {
        write(folder);
        Files.write(folder.resolve(name), bytes);
        Read read = read(folder);
        List<String> finds = new ArrayList<>();
        read.ifFound(finds::add);
        return new Outcome(read.taken(), read.refused ? 1 : 0, finds);
    }

    /** What became of one file; {@code found} says what went wrong, if something did. */
    private record Read(boolean refused, String found, String why) {
        void ifFound(Consumer<String> finds) {
            if (!found.isEmpty()) {
                finds.accept(found);
            }
        }

        int taken() {
            return !refused && found.isEmpty() ? 1 : 0;
        }
    }

    private void write(Path folder) throws IOException {
        for (var file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
    }

    private Read read(Path folder) throws IOException {
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        Read read;
        try {
            reading.read(folder);
            read = new Read(false, "", "");
        } catch (UserError refused) {
            read = new Read(true, "", name + ": " + refused.getMessage());
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError wrong) {
            String at = Arrays.stream(wrong.getStackTrace())
                    .filter(frame -> frame.getClassName().startsWith("io.orrery"))
                    .findFirst()
                    .map(StackTraceElement::toString)
                    .orElse("");
            return new Read(false, name + ": " + wrong + " at " + at, "");
        }
        double seconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e9;
        return seconds > PATIENCE_SECONDS ? new Read(false, name + ": " + seconds + " seconds", "") : read;
    }

    /** Where the bytes are kept, and the bytes themselves if they are few: to become a file of the tests. */
    private static Path kept(String name, byte[] bytes) throws IOException {
        Path kept = Path.of("target", "fuzz", Integer.toHexString(Arrays.hashCode(bytes)), name);
        Files.createDirectories(kept.getParent());
        Files.write(kept, bytes);
        if (bytes.length < 200) {
            System.out.println(kept + ": " + HexFormat.of().formatHex(bytes));
        }
        return kept;
    }
}
