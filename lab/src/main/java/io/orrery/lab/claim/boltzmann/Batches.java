package io.orrery.lab.claim.boltzmann;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.theory.boltzmann.RestrictedBoltzmannMachine;
import java.util.Arrays;
import java.util.function.Consumer;

/** Examples a batch at a time. */
final class Batches {
    private Batches() {}

    /** Chosen rows. */
    static Matrix rows(Matrix matrix, int[] chosen) {
        double[] values = new double[chosen.length * matrix.columns()];
        for (int i = 0; i < chosen.length; i++) {
            System.arraycopy(
                    matrix.values(), chosen[i] * matrix.columns(), values, i * matrix.columns(), matrix.columns());
        }
        return new Matrix(chosen.length, matrix.columns(), values);
    }

    /**
     * A machine after epochs of contrastive divergence.
     *
     * @param each is told of the machine after each epoch
     */
    static RestrictedBoltzmannMachine train(
            RestrictedBoltzmannMachine start,
            Matrix examples,
            int epochs,
            int batch,
            double rate,
            RandomStream random,
            Consumer<RestrictedBoltzmannMachine> each) {
        RestrictedBoltzmannMachine machine = start;
        int step = 0;
        for (int epoch = 0; epoch < epochs; epoch++) {
            int[] places = random.permutation(1_000_000_000L + epoch, examples.rows());
            for (int from = 0; from < places.length; from += batch) {
                int[] chosen = Arrays.copyOfRange(places, from, Math.min(from + batch, places.length));
                machine = machine.step(rows(examples, chosen), rate, random, step++);
            }
            each.accept(machine);
        }
        return machine;
    }
}
