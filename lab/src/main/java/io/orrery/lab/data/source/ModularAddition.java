package io.orrery.lab.data.source;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.random.RandomStream;
import io.orrery.lab.UserError;
import io.orrery.lab.data.file.FilesRead;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.Generated;
import io.orrery.lab.data.set.Selection;
import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.data.set.TestSplit;
import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Kind;
import io.orrery.lab.spec.Serves;
import java.util.Optional;

/**
 * MOD(p) (phenomena.md, section 0): all p^2 pairs (a, b) as two one-hot vectors one after the other (2p features), the class
 * (a + b) mod p. A random part of the pairs is for training, the rest for testing.
 */
@Serves("002-016")
@Kind("modular-addition")
@About("all pairs (a, b) as two one-hot vectors; the class is (a + b) mod p")
public record ModularAddition(
        @About("p") int modulus,

        @About("fraction of the pairs that is for training, the rest being the test set")
        double trainFraction)
        implements DataSource {
    /** p = 23, half of the pairs. */
    public static ModularAddition defaults() {
        return new ModularAddition(23, 0.5);
    }

    @Override
    public Dataset load(long seed, FilesRead files) {
        Generated.atLeast("modular-addition", "modulus", 2, modulus);
        int pairs = Generated.elements(modulus, modulus);
        Generated.elements(pairs, 2L * modulus);
        if (!(trainFraction > 0 && trainFraction <= 1)) {
            throw new UserError("data.trainFraction must be above 0 and at most 1, found " + trainFraction);
        }
        int features = 2 * modulus;
        int train = (int) Math.max(1, Math.round(trainFraction * pairs));
        boolean[] chosen = new boolean[pairs];
        int[] order = RandomStream.of(seed, "split").permutation(TestSplit.STEPS, pairs);
        for (int i = 0; i < train; i++) {
            chosen[order[i]] = true;
        }
        Selection all = Selection.all(Generated.split(pairs, features, 0, (number, step, inputs, offset) -> {
            int a = number / modulus;
            int b = number % modulus;
            inputs[offset + a] = 1;
            inputs[offset + modulus + b] = 1;
            return (a + b) % modulus;
        }));
        return new Dataset(
                "modular-addition: (a + b) mod " + modulus,
                Shape.of(features),
                TargetKind.Classes.numbered(modulus),
                all.where(chosen, true).split(),
                Optional.empty(),
                Generated.test(pairs - train, () -> all.where(chosen, false).split()));
    }

    @Override
    public boolean generated() {
        return true;
    }
}
