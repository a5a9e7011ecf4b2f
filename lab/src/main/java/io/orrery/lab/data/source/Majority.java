package io.orrery.lab.data.source;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.UserError;
import io.orrery.lab.data.file.FilesRead;
import io.orrery.lab.data.generated.Sequences;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.Generated;
import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Kind;
import java.util.Arrays;

/**
 * The majority of T random bits, T odd. Inputs [T + 1] are token numbers, 0 and 1, and 2 for the blank at the end, at which the
 * majority is asked for: the one marked position.
 */
@Kind("majority")
@About("random bits, then a blank, at which the bit that is more frequent is asked for; inputs are token numbers")
public record Majority(
        @About("training sequences") int train,
        @About("test sequences") int test,
        @About("T: bits of a sequence, an odd number") int length)
        implements DataSource {
    private static final int BLANK = 2;

    /** 2,000 sequences of 15 bits, 1,000 test sequences. */
    public static Majority defaults() {
        return new Majority(2000, 1000, 15);
    }

    @Override
    public Dataset load(long seed, FilesRead files) {
        Generated.checkCounts("majority", train, test);
        Generated.atLeast("majority", "length", 1, length);
        if (length % 2 == 0) {
            throw new UserError(
                    "data.length of source majority must be odd, or neither bit need be more frequent; found "
                            + length);
        }
        RandomStream random = RandomStream.of(seed, "data");
        Sequences sequences = new Sequences(length + 1, 2, (step, inputs, targets) -> {
            Arrays.fill(targets, TargetKind.Tokens.UNMARKED);
            int ones = 0;
            for (int i = 0; i < length; i++) {
                int bit = random.integer(step, i, 2);
                inputs[i] = bit;
                ones += bit;
            }
            inputs[length] = BLANK;
            targets[length] = 2 * ones > length ? 1 : 0;
        });
        return sequences.dataset(
                "majority: of " + length + " bits",
                sequences.split(train, 0),
                Generated.test(test, () -> sequences.split(test, Generated.TEST_STEPS)));
    }

    @Override
    public boolean generated() {
        return true;
    }
}
