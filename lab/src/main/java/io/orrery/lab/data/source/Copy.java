package io.orrery.lab.data.source;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.data.file.FilesRead;
import io.orrery.lab.data.generated.Sequences;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.Generated;
import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Kind;
import java.util.Arrays;

/**
 * Copying: T random tokens, then T blanks, at which the tokens are asked for in their order. Inputs [2 T] are token numbers, 0 to
 * V - 1, and V for a blank; the blanks are the marked positions.
 */
@Kind("copy")
@About("random tokens, then as many blanks, at which the tokens are asked for in their order; inputs are token numbers")
public record Copy(
        @About("training sequences") int train,
        @About("test sequences") int test,

        @About("T: tokens to copy; a sequence has twice as many positions")
        int length,

        @About("V: tokens are 0 to V - 1, a blank is V") int vocabulary)
        implements DataSource {
    /** 2,000 sequences of 8 tokens out of 8, 1,000 test sequences. */
    public static Copy defaults() {
        return new Copy(2000, 1000, 8, 8);
    }

    @Override
    public Dataset load(long seed, FilesRead files) {
        Generated.checkCounts("copy", train, test);
        Generated.atLeast("copy", "length", 1, length);
        Generated.atLeast("copy", "vocabulary", 2, vocabulary);
        int positions = Generated.elements(2, length);
        RandomStream random = RandomStream.of(seed, "data");
        Sequences sequences = new Sequences(positions, vocabulary, (step, inputs, targets) -> {
            Arrays.fill(targets, 0, length, TargetKind.Tokens.UNMARKED);
            Arrays.fill(inputs, length, positions, vocabulary);
            for (int i = 0; i < length; i++) {
                int token = random.integer(step, i, vocabulary);
                inputs[i] = token;
                targets[length + i] = token;
            }
        });
        return sequences.dataset(
                "copy: " + length + " of " + vocabulary + " tokens, then as many blanks",
                sequences.split(train, 0),
                Generated.test(test, () -> sequences.split(test, Generated.TEST_STEPS)));
    }

    @Override
    public boolean generated() {
        return true;
    }
}
